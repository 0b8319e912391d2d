import Compute
import Foundation
import ModelFormats
import Testing

/// A file of values from Keras: see Utilities/ReferenceImplementations/README.md for what is in it.
struct GoldenFile {
    /// The settings of one case; each kind of case has some of them.
    struct Case: Decodable {
        /// How far Keras's own float32 run is from its float64 run, and the tensor's largest absolute value.
        struct Difference: Decodable {
            let difference: Double
            let largest: Double
        }

        let name: String
        let layer: String?
        let inputShape: [Int]?
        let filters: Int?
        let kernelSize: [Int]?
        let strides: [Int]?
        let padding: String?
        let useBias: Bool?
        let poolSize: [Int]?
        let mode: String?
        let momentum: Float?
        let epsilon: Float?
        let units: Int?
        let activation: String?
        let negativeSlope: Float?
        let fromLogits: Bool?
        let shape: [Int]?
        let parameters: Int?
        let float32Difference: [String: Difference]?
    }

    private struct Metadata: Decodable {
        let cases: [Case]
    }

    let cases: [Case]
    private let file: SafetensorsFile

    init(_ name: String) throws {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Golden"))
        file = try SafetensorsFile(contentsOf: url.path)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        cases = try decoder.decode(Metadata.self, from: Data(try #require(file.metadata["case"]).utf8)).cases
    }

    var names: [String] { file.names }

    func contains(_ name: String) -> Bool { file.tensors[name] != nil }

    func shape(of name: String) throws -> Shape { Shape(try file.tensor(name).shape) }

    func floats(_ name: String) throws -> [Float] { try file.floats(of: name) }

    /// The elements of a tensor of any of the types that golden files have.
    func values(_ name: String) throws -> [Double] {
        let tensor = try file.tensor(name)
        let bytes = try file.bytes(of: name)
        return bytes.withUnsafeBytes { bytes in
            switch tensor.elementType {
            case .float32: return bytes.loadAll(Float.self).map(Double.init)
            case .float64: return bytes.loadAll(Double.self)
            case .int32: return bytes.loadAll(Int32.self).map(Double.init)
            default: preconditionFailure("Golden files have no elements of type \(tensor.elementType).")
            }
        }
    }

    /// A tensor's rows along its first axis.
    func rows(_ name: String) throws -> [[Float]] {
        let values = try values(name).map { Float($0) }
        let count = values.count / (try file.tensor(name).shape[0])
        return stride(from: 0, to: values.count, by: count).map { Array(values[$0..<$0 + count]) }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func loadAll<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
        let size = MemoryLayout<Element>.size
        return stride(from: 0, to: count, by: size).map { loadUnaligned(fromByteOffset: $0, as: type) }
    }
}

/// Expects every element to be within `tolerance`, and `relative` times the expected value, of it; a NaN is never.
func expectClose(
    _ actual: [Float], _ expected: [Double], tolerance: Double, relative: Double = 0, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        actual.count == expected.count, "\(what): number of elements", sourceLocation: sourceLocation)
    var worst = 0.0
    var place = 0
    for (index, (a, b)) in zip(actual, expected).enumerated() {
        let excess = abs(Double(a) - b) - relative * abs(b)
        if excess <= worst { continue }
        worst = excess
        place = index
        if worst.isNaN { break }
    }
    #expect(
        worst <= tolerance,
        "\(what)[\(place)] is \(actual[place]), expected \(expected[place])", sourceLocation: sourceLocation)
}

extension [Double] {
    /// The largest absolute value.
    var magnitude: Double { reduce(0) { Swift.max($0, abs($1)) } }
}
