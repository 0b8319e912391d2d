import ArgumentParser
import DigitRecognition
import Foundation

/// What training and inference are measured on.
enum Pictures: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// MNIST's 60,000 training pictures.
    case mnist
    /// As many of random pixels, none of them 0: nothing that a blank background saves can be saved here.
    case noise

    /// The pictures with their labels.
    /// - Parameter directory: Where MNIST is; nil for the cache.
    func load(from directory: URL?) async throws -> LabeledImages {
        switch self {
        case .mnist:
            return try await MNIST.load(.train, from: directory)
        case .noise:
            var random = SystemRandomNumberGenerator()
            let count = 60_000
            var bytes = [UInt8](repeating: 0, count: count * 28 * 28)
            for index in bytes.indices { bytes[index] = UInt8.random(in: 1...255, using: &random) }
            return try LabeledImages(
                images: ImageCollection(height: 28, width: 28, bytes: bytes[...]),
                labels: (0..<count).map { UInt8($0 % 10) })
        }
    }
}
