import Compute
import Foundation
import ModelFormats
import Testing

/// Keras's values of training features: see Utilities/ReferenceImplementations/golden_training.py.
struct TrainingGoldenFile {
    private let file: SafetensorsFile

    init() throws {
        let url = try #require(
            Bundle.module.url(forResource: "training", withExtension: "safetensors", subdirectory: "Golden"))
        file = try SafetensorsFile(contentsOf: url.path)
    }

    /// The values of a tensor in float64.
    func values(_ name: String) throws -> [Double] {
        try file.bytes(of: name).withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                bytes.loadUnaligned(fromByteOffset: $0, as: Double.self)
            }
        }
    }

    /// The 24 pictures of 6×6 pixels, in four classes.
    func pictures() throws -> Pictures {
        let pixels = try file.floats(of: "images")
        let labels = try file.bytes(of: "labels").withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map {
                Int(bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self))
            }
        }
        return Pictures(
            [6, 6, 1],
            inputs: stride(from: 0, to: pixels.count, by: 36).map { Array(pixels[$0..<$0 + 36]) },
            labels: labels)
    }
}
