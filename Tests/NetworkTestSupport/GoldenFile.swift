package import Compute
package import Foundation
import ModelFormats
import TestSupport
import Testing

/// A file of another program's tensors: see Utilities/ReferenceImplementations/README.md for what is in it.
package struct GoldenFile {
    private struct Metadata<Case: Decodable>: Decodable {
        let cases: [Case]
    }

    private let file: SafetensorsFile

    /// Opens a file.
    /// - Parameters:
    ///   - name: Its name in the test target's folder `Golden`, without the extension.
    ///   - bundle: The test target's own.
    package init(_ name: String, in bundle: Bundle) throws {
        file = try SafetensorsFile(contentsOf: Golden.url("\(name).safetensors", in: bundle).path)
    }

    /// The names of the tensors.
    package var names: [String] { file.names }

    package func contains(_ name: String) -> Bool { file.tensors[name] != nil }

    package func shape(of name: String) throws -> Shape { Shape(try file.tensor(name).shape) }

    /// The elements of a tensor of float32.
    package func floats(_ name: String) throws -> [Float] { try file.floats(of: name) }

    /// The elements of a tensor of bytes, or the bytes of any.
    package func bytes(_ name: String) throws -> [UInt8] { Array(try file.bytes(of: name)) }

    /// The elements of a tensor of any of the types that golden files have.
    package func values(_ name: String) throws -> [Double] {
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

    /// The elements of a tensor of whole numbers.
    package func integers(_ name: String) throws -> [Int] { try values(name).map { Int($0) } }

    /// A tensor's rows along its first axis.
    package func rows(_ name: String) throws -> [[Float]] {
        let values = try values(name).map { Float($0) }
        let count = values.count / (try file.tensor(name).shape[0])
        return stride(from: 0, to: values.count, by: count).map { Array(values[$0..<$0 + count]) }
    }

    /// What the file says of its cases, with keys in snake case.
    package func decodedCases<Case: Decodable>() throws -> [Case] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let metadata = Data(try #require(file.metadata["case"]).utf8)
        return try decoder.decode(Metadata<Case>.self, from: metadata).cases
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func loadAll<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
        let size = MemoryLayout<Element>.size
        return stride(from: 0, to: count, by: size).map { loadUnaligned(fromByteOffset: $0, as: type) }
    }
}
