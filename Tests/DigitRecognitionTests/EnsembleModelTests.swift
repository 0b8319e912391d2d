import DataTestSupport
import DigitRecognition
import Foundation
import NetworkTestSupport
import TestSupport
import Testing
import Training

/// Models averaged into one.
struct EnsembleModelTests {
    private func member(
        seed: UInt64, normalization: Normalization = .unitRange, classNames: [String]? = nil, size: Int = 28,
        loss: Loss = .sparseCategoricalCrossentropy
    ) throws -> Model {
        let model = try Model(input: [size, size, 1], seed: seed, classNames: classNames) {
            Conv2D(filters: 3, kernelSize: 3, stride: 2)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dense(10, activation: loss.isFromLogits ? nil : .softmax)
        }
        model.compile(loss: loss)
        try model.fit(drawnDigits(60, size: size), normalization: normalization, epochs: 2)
        return model
    }

    @Test func theEnsembleReadsWithTheMeanOfItsMembers() throws {
        let members = try (1...3).map { try member(seed: $0) }
        members[1].setTemperature(2)
        let ensemble = try Model(averaging: members)
        members[1].setTemperature(nil)
        let test = try drawnDigits(30, seed: 8)
        let predictions = try ensemble.predict(test.images)
        let single = try members.map { try $0.predict(test.images) }
        for (index, prediction) in predictions.enumerated() {
            for (label, probability) in prediction.probabilities.enumerated() {
                let mean = single.reduce(0) { $0 + $1[index].probabilities[label] } / 3
                #expect(abs(probability - mean) < 1e-6)
            }
        }
        let evaluation = try ensemble.evaluation(on: test)
        #expect(evaluation.predictions == predictions.map(\.label))
        let likelihoods = zip(predictions, test.labels).map { -log(Double($0.probabilities[$1])) }
        #expect(abs(evaluation.loss - likelihoods.reduce(0, +) / 30) < 1e-4)
    }

    @Test func anEnsembleIsSavedAndReadAsOneModel() throws {
        let ensemble = try Model(averaging: [member(seed: 1), member(seed: 2)])
        let folder = try TemporaryFolder()
        try ensemble.save(to: folder.file("model.safetensors"))
        let read = try Model(contentsOf: folder.file("model.safetensors"))
        #expect(read.network.bits == ensemble.network.bits)
        #expect(read.information == ensemble.information)
        #expect(read.information.settings.members == 2)
        let image = try drawnDigits(1).images[0]
        #expect(try read.predict(image) == ensemble.predict(image))
        #expect(throws: TrainingError.ensembleNotTrainable) { try read.fit(drawnDigits(10)) }
    }

    @Test func membersThatDoNotFitAreRefused() throws {
        func message(_ members: [Model]) -> String? {
            #expect(throws: ShapeError.self) { try Model(averaging: members) }?.description
        }
        let first = try member(seed: 1)
        #expect(message([]) == "Ensemble: There are no members; give at least one model.")
        #expect(
            try message([first, member(seed: 1, size: 20)])
                == "Ensemble, member 2: The input has shape 20×20×1, but the first member's 28×28×1; use members with equal inputs."
        )
        #expect(
            try message([first, member(seed: 1, normalization: .none)])
                == "Ensemble, member 2: The normalisation is none, but the first member's unit-range; use members that are normalised alike."
        )
        #expect(
            try message([first, member(seed: 1, classNames: (1...10).map { "class \($0)" })])
                == "Ensemble, member 2: The classes are other ones than the first member's; use members that tell apart the same."
        )
        #expect(
            try message([member(seed: 1, loss: .sparseCategoricalCrossentropyFromLogits)])
                == "Ensemble, member 1: The outputs are logits, whose mean says little; end the network in softmax."
        )
    }
}
