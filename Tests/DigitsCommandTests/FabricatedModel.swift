import DigitRecognition
import Foundation

/// An untrained model that a test writes: 28×28 pictures flattened into one Dense layer of zero weights, so that every
/// class has the same probability and the first wins.
enum FabricatedModel {
    /// The classes of `FabricatedData`.
    static let fashionClasses = DatasetDescription.fashionMNIST.classNames

    /// Writes `model.safetensors` into a folder, which is made.
    static func write(
        to folder: URL, input: Shape = [28, 28, 1], classNames: [String] = fashionClasses,
        dataset: String = "fashion-mnist"
    ) throws {
        let model = try Model(input: input, seed: 7, classNames: classNames) {
            Flatten()
            Dense(classNames.count, activation: .softmax)
        }
        let name = "dense1.weight"
        model.network.setParameter(name, to: model.network[name]!.map { _ in 0 })
        model.record(recipe: "fabricated")
        model.record(dataset: .init(name: dataset, sha256: String(repeating: "ab", count: 32)))
        model.record(accuracy: .init(split: "test", correct: 1000, count: 10_000))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try model.save(to: folder.appending(path: "model.safetensors").path)
    }
}
