import Assessment
import DataTestSupport
import DigitRecognition
import Evaluation
import Explanations
import Testing

/// Models averaged into one are explained and assessed as any other.
struct EnsembleAssessmentTests {
    @Test func anEnsembleIsExplainedAndAssessed() throws {
        let members = try [UInt64(1), 2].map { seed -> Model in
            let model = try Model(input: [28, 28, 1], seed: seed) {
                Conv2D(filters: 3, kernelSize: 3, stride: 2)
                BatchNorm()
                Activation(.relu)
                Flatten()
                Dense(10, activation: .softmax)
            }
            try model.fit(drawnDigits(60), epochs: 2)
            return model
        }
        let ensemble = try Model(averaging: members)
        let images = try drawnDigits(30)
        let saliency = try ensemble.saliency(of: images.images[3])
        #expect(saliency.map.values.contains { $0 != 0 })
        #expect(throws: ExplanationError.noConvolution) { try ensemble.gradCAM(of: images.images[3]) }
        #expect(try ModelAssessment(of: ensemble, on: images).labeledPredictions().truths.count == 30)
        _ = try ensemble.calibrate(on: images)
        #expect(ensemble.information.temperature != nil)
    }
}
