import Assessment
import DigitRecognition
import Evaluation
import TestSupport
import Testing

/// More classes than a byte can number.
struct ManyClassesTests {
    private static let classes = 300

    /// Two images of each class, on 5×4 pixels: the bits of its number, dark and light.
    private func images() throws -> LabeledImages {
        let labels = (0..<2 * Self.classes).map { $0 % Self.classes }
        let bytes = labels.enumerated().flatMap { place, label in
            (0..<20).map { pixel in
                label >> (pixel % 10) & 1 == 1 ? UInt8(place < Self.classes ? 250 : 200) : 5
            }
        }
        return try LabeledImages(
            images: ImageCollection(height: 5, width: 4, bytes: bytes[...]), labels: labels,
            classNames: (0..<Self.classes).map { "class \($0)" })
    }

    @Test func aModelOf300ClassesIsTrainedJudgedSavedAndRead() throws {
        let images = try images()
        #expect(images.labels.max() == 299 && images.subset(300..<600).labels.first == 0)
        let model = try Model(input: Shape(images.images.shape), seed: 1, classNames: images.classNames) {
            Flatten()
            Dense(64, activation: .relu)
            Dense(300, activation: .softmax)
        }
        let before = try model.evaluate(images)
        model.compile(optimizer: .adam(learningRate: 0.01))
        let history = try model.fit(images, epochs: 30, batchSize: 50)
        #expect(history.epochs.count == 30)
        let (loss, accuracy) = try model.evaluate(images)
        #expect(before.accuracy < 0.05 && accuracy > 0.9)
        #expect(loss < before.loss / 3)

        // Classes beyond a byte are read as themselves, not as what is left of them.
        let predictions = try model.predict(images.images)
        #expect(predictions.allSatisfy { $0.probabilities.count == 300 })
        #expect((256..<300).count { predictions[$0].label == $0 } > 38)
        let matrix = try ConfusionMatrix(
            truths: images.labels, predicted: predictions.map(\.label), classCount: images.classNames.count)
        #expect(matrix.classCount == 300 && matrix.accuracy == accuracy)
        let labeled = try ModelAssessment(of: model, on: images).labeledPredictions()
        #expect(ConfusionMatrix(labeled) == matrix)

        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))
        let read = try Model(contentsOf: folder.file("model.safetensors"))
        #expect(read.information.classNames == images.classNames)
        #expect(try read.predict(images.images) == predictions)
        #expect(predictions[299].className == "class \(predictions[299].label)")
    }

    @Test func aLabelBeyondTheOutputsIsRefused() throws {
        let images = try images()
        let model = try Model(input: Shape(images.images.shape), seed: 1) {
            Flatten()
            Dense(299, activation: .softmax)
        }
        #expect(throws: (any Error).self) { try model.fit(images) }
        #expect(throws: InputError.labelOutOfRange(label: 299, sample: 299, outputs: 299)) {
            try model.evaluate(images)
        }
    }
}
