import DataTestSupport
import DigitRecognition
import Foundation
import NetworkTestSupport
import TestSupport
import Testing
import Training

/// A model is the same after it was saved and read.
struct SavedModelTests {
    @Test(arguments: [
        Normalization.l2(axis: 1), .l2(axis: 2), .unitRange, .standardized,
        .standardized(mean: 0.2, standardDeviation: 0.7), .none,
    ])
    func aReadModelAnswersAsTheSavedOne(normalization: Normalization) throws {
        let model = try Model(input: [28, 28, 1], seed: 3) {
            Conv2D(filters: 6, kernelSize: 5, stride: 2, activation: .relu)
            BatchNorm()
            Flatten()
            Dense(10)
        }
        model.compile(loss: .sparseCategoricalCrossentropyFromLogits)
        try model.fit(drawnDigits(100), normalization: normalization)
        model.record(accuracy: .init(split: "test", correct: 9, count: 10))
        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))

        let read = try Model(contentsOf: folder.file("model.safetensors"))
        let test = try drawnDigits(40, seed: 8)
        #expect(read.network.bits == model.network.bits)
        #expect(read.normalization == normalization)
        #expect(read.information == model.information)
        #expect(try read.evaluation(on: test) == model.evaluation(on: test))
        #expect(try read.predict(test.images[7]) == model.predict(test.images[7]))
    }

    @Test func aReadModelCanBeTrainedOn() throws {
        let images = try drawnDigits(200)
        let model = try Model(input: [28, 28, 1], seed: 3) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        try model.fit(images)
        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))
        let read = try Model(contentsOf: folder.file("model.safetensors"))
        try read.fit(images, epochs: 5)
        #expect(try read.evaluate(images).loss < model.evaluate(images).loss)
    }

    @Test func anExistingFileIsKeptWhereReplacingIsOff() throws {
        let model = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        try model.fit(drawnDigits(10))
        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"), replacing: false)
        #expect(throws: ModelFileError.self) {
            try model.save(to: folder.file("model.safetensors"), replacing: false)
        }
        #expect(throws: Never.self) { try model.save(to: folder.file("model.safetensors")) }
    }

    @Test func anUntrainedModelCanBeSavedAndRead() throws {
        let model = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        let folder = try TemporaryFolder()
        try model.save(to: folder.file("model.safetensors"))
        let image = try drawnDigits(1).images[0]
        #expect(
            try Model(contentsOf: folder.file("model.safetensors")).predict(image) == model.predict(image)
        )
    }

    @Test func aFileOfANetworkThatEndsInAnImageIsRefused() throws {
        let network = try Network(Sequential { MaxPool2D(size: 2) }, input: [4, 4, 1], seed: 0)
        let information = ModelInformation(classNames: ["a"])
        let folder = try TemporaryFolder()
        try ModelFile.write(network, information, to: folder.file("model.safetensors"), replacing: false)
        let error = #expect(throws: ModelFileError.self) {
            try Model(contentsOf: folder.file("model.safetensors"))
        }
        #expect(error?.description.contains("2×2×1") == true)
    }
}
