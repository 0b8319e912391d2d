import Assessment
import DataTestSupport
import DigitRecognition
import TestSupport
import Testing

/// Labels that a model contradicts however an image is moved.
struct LabelSuspectsTests {
    private func suspects(
        _ model: Model, _ images: LabeledImages, threads: Int = 1,
        threshold: Double = LabelSuspect.usualThreshold
    ) throws -> [LabelSuspect] {
        try ModelAssessment(of: model, on: images)
            .labelSuspects(among: images, asking: Predictor(model, threads: threads), threshold: threshold)
    }

    private func trainedModel() throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 8, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01))
        try model.fit(drawnDigits(300), epochs: 6)
        return model
    }

    /// Drawn digits with some labels exchanged for others.
    private func mislabelled(_ count: Int, _ wrong: [Int: Int]) throws -> LabeledImages {
        let images = try drawnDigits(count, seed: 9)
        return try LabeledImages(
            images: images.images,
            labels: images.labels.enumerated().map { wrong[$0.offset] ?? $0.element })
    }

    @Test func exchangedLabelsAreFoundAndNoOthers() throws {
        let model = try trainedModel()
        let wrong: [Int: Int] = [4: 9, 17: 2, 55: 0, 98: 7]
        let suspects = try self.suspects(model, mislabelled(100, wrong), threads: 2)
        #expect(Set(suspects.map(\.sample)) == Set(wrong.keys))
        for suspect in suspects {
            #expect(suspect.label == wrong[suspect.sample].map { Int($0) })
            #expect(suspect.predicted == suspect.sample % 10)
        }
        #expect(suspects.map(\.score) == suspects.map(\.score).sorted(by: >))
        #expect(try self.suspects(model, mislabelled(100, [:])).isEmpty)
    }

    @Test func aPredictorOfOtherImagesIsRefused() async {
        await #expect(processExitsWith: .trap) {
            func model(_ size: Int) throws -> Model {
                try Model(input: [size, size, 1]) {
                    Flatten()
                    Dense(10, activation: .softmax)
                }
            }
            let images = try drawnDigits(20)
            let assessment = try ModelAssessment(of: model(28), on: images)
            _ = try assessment.labelSuspects(among: images, asking: Predictor(model(8)))
        }
    }

    @Test func viewsAreTheImageMovedAndTurnedALittle() throws {
        let model = try trainedModel()
        let images = try mislabelled(30, [12: 3])
        let views = [
            AffineWarp(), AffineWarp(shiftRight: 1), AffineWarp(shiftRight: -1), AffineWarp(shiftDown: 1),
            AffineWarp(shiftDown: -1), AffineWarp(rotation: 5), AffineWarp(rotation: -5),
            AffineWarp(rotation: 10), AffineWarp(rotation: -10),
        ].map { $0.applied(to: images.images[12]) }
        let expected = try LabelSuspect(
            .init(sample: 12, label: 3, views: Predictor(model).predict(views).map(\.probabilities)))
        #expect(try suspects(model, images, threshold: 0) == [try #require(expected)])
    }

    @Test func anyNumberOfThreadsGivesTheSame() throws {
        let model = try trainedModel()
        let images = try mislabelled(60, [4: 9, 17: 2, 55: 0])
        let expected = try suspects(model, images, threshold: 0)
        #expect(expected.count == 3)
        for threads in [2, 3, 8] {
            #expect(
                try suspects(model, images, threads: threads, threshold: 0) == expected)
        }
    }

    @Test func aHigherThresholdLeavesFewer() throws {
        let model = try trainedModel()
        let images = try mislabelled(60, [4: 9, 17: 2, 55: 0])
        let all = try suspects(model, images, threshold: 0)
        #expect(try suspects(model, images, threshold: all[0].score) == [all[0]])
    }

    @Test func outputsThatAreNoProbabilitiesAreRefused() throws {
        let linear = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(10)
        }
        #expect(throws: EvaluationError.self) { try suspects(linear, drawnDigits(20)) }
    }
}
