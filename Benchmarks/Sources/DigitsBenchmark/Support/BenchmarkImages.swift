import ArgumentParser
import DigitRecognition
import Foundation

/// What training and inference are measured on.
enum BenchmarkImages: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// MNIST's 60,000 training pictures.
    case mnist
    /// The same on grey paper: where a pixel is 0 it becomes 1 or 2, so that no patch is blank and nothing that a blank
    /// background saves can be saved.
    case grey

    /// The pictures with their labels.
    /// - Parameter directory: Where MNIST is; nil for the cache.
    func load(from directory: URL?) async throws -> LabeledImages {
        let mnist = try await MNIST.load(.train, from: directory)
        switch self {
        case .mnist:
            return mnist
        case .grey:
            let collection = mnist.images
            let bytes = collection.bytes.enumerated().map { place, byte in
                byte == 0 ? UInt8(1 + place % 2) : byte
            }
            return try LabeledImages(
                images: ImageCollection(shape: collection.shape, bytes: bytes[...]),
                labels: mnist.labels)
        }
    }
}
