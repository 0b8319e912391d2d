import Files

/// A tensor's description in a safetensors file.
public struct SafetensorsTensor: Hashable, Sendable {
    /// The tensor's name, unique in its file.
    public let name: String
    /// The type of the elements.
    public let elementType: SafetensorsElementType
    /// The sizes of the axes, slowest first; empty for a single number.
    public let shape: [Int]
    /// Where the elements are, counted from the end of the header.
    public let byteRange: Range<Int>
}

/// A safetensors file in memory: text metadata and named tensors.
///
/// The format: 8 bytes with the header's length (little-endian), the header (JSON), the tensors' elements
/// (little-endian, row-major) without gaps. Everything in the header is checked against everything else before
/// the file is accepted, so that whatever is read later lies inside the file.
///
/// ```swift
/// let file = try SafetensorsFile(contentsOf: "model.safetensors")
/// file.tensors["conv1.weight"]?.shape          // [64, 3, 3, 1]
/// let weights = try file.floats(of: "conv1.weight")
/// ```
///
/// Source: <https://github.com/huggingface/safetensors>, section "Format".
public struct SafetensorsFile: Sendable {
    /// The greatest length of a header, as in the reference implementation.
    public static let maximumHeaderByteCount = 100_000_000

    /// The text that the writer added, by key; empty where there is none.
    public let metadata: [String: String]
    /// The tensors by name.
    public let tensors: [String: SafetensorsTensor]
    /// The tensors' names in the order of their data.
    public let names: [String]

    private let path: String?
    private let bytes: [UInt8]
    private let dataStart: Int

    /// Reads and checks a file.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - maximumByteCount: the size above which the file is refused before any memory is taken; 4 GiB unless
    ///     given.
    /// - Throws: `SafetensorsError` if the file cannot be read or is not a valid safetensors file.
    public init(contentsOf path: String, maximumByteCount: Int = 1 << 32) throws(SafetensorsError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try DurableFile.read(path, maximumByteCount: maximumByteCount)
        } catch {
            throw SafetensorsError(path: path, fault: .unreadable(error))
        }
        try self.init(bytes: bytes, path: path)
    }

    /// Checks a file's bytes.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: the file's path for error messages, where there is one.
    /// - Throws: `SafetensorsError` if the bytes are not a valid safetensors file.
    public init(bytes: [UInt8], path: String? = nil) throws(SafetensorsError) {
        do throws(SafetensorsError.Fault) {
            let header = try Self.headerRange(of: bytes)
            let (metadata, tensors) = try SafetensorsHeaderParser.parse(
                bytes[header], dataByteCount: bytes.count - header.upperBound)
            self.metadata = metadata
            self.names = tensors.map(\.name)
            self.tensors = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
            self.path = path
            self.bytes = bytes
            self.dataStart = header.upperBound
        } catch {
            throw SafetensorsError(path: path, fault: error)
        }
    }

    /// Where the header is, by the length that the file begins with.
    private static func headerRange(of bytes: [UInt8]) throws(SafetensorsError.Fault) -> Range<Int> {
        guard bytes.count >= 8 else {
            throw .fileTooShort(byteCount: bytes.count)
        }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(maximumHeaderByteCount) else {
            throw .headerTooLong(byteCount: length)
        }
        guard Int(length) <= bytes.count - 8 else {
            throw .headerPastEndOfFile(byteCount: Int(length), available: bytes.count - 8)
        }
        return 8..<8 + Int(length)
    }
}

extension SafetensorsFile {
    /// A tensor's elements of type F32, in row-major order.
    ///
    /// - Throws: `SafetensorsError` if there is no such tensor or its elements are of another type.
    public func floats(of name: String) throws(SafetensorsError) -> [Float] {
        try elements(of: name, elementType: .float32) { Float(bitPattern: $0) }
    }

    /// A tensor's elements of type I64, in row-major order.
    ///
    /// - Throws: `SafetensorsError` if there is no such tensor or its elements are of another type.
    public func integers(of name: String) throws(SafetensorsError) -> [Int64] {
        try elements(of: name, elementType: .int64) { Int64(bitPattern: $0) }
    }

    /// A tensor's bytes as they are in the file, whatever the element type.
    ///
    /// - Throws: `SafetensorsError` if there is no such tensor.
    public func bytes(of name: String) throws(SafetensorsError) -> [UInt8] {
        Array(slice(of: try tensor(name)))
    }

    /// Copies a tensor's elements of type F32, in row-major order, into memory that the caller has.
    ///
    /// - Precondition: the buffer holds exactly as many elements as the tensor.
    /// - Throws: `SafetensorsError` if there is no such tensor or its elements are of another type.
    public func copyFloats(
        of name: String, to destination: UnsafeMutableBufferPointer<Float>
    ) throws(SafetensorsError) {
        let source = slice(of: try tensor(name, elementType: .float32))
        precondition(
            source.count == destination.count * MemoryLayout<Float>.size,
            "tensor '\(name)' has \(source.count / MemoryLayout<Float>.size) elements, the buffer \(destination.count)"
        )
        source.withUnsafeBytes { source in
            for index in destination.indices {
                let bits = source.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                destination[index] = Float(bitPattern: UInt32(littleEndian: bits))
            }
        }
    }

    /// A tensor's description.
    ///
    /// - Throws: `SafetensorsError` if there is no such tensor.
    public func tensor(_ name: String) throws(SafetensorsError) -> SafetensorsTensor {
        guard let tensor = tensors[name] else {
            throw SafetensorsError(path: path, fault: .tensorNotFound(name))
        }
        return tensor
    }

    private func tensor(
        _ name: String, elementType: SafetensorsElementType
    ) throws(SafetensorsError) -> SafetensorsTensor {
        let tensor = try tensor(name)
        guard tensor.elementType == elementType else {
            throw SafetensorsError(
                path: path,
                fault: .wrongElementType(tensor: name, expected: elementType, actual: tensor.elementType))
        }
        return tensor
    }

    private func slice(of tensor: SafetensorsTensor) -> ArraySlice<UInt8> {
        bytes[dataStart + tensor.byteRange.lowerBound..<dataStart + tensor.byteRange.upperBound]
    }

    /// Elements whose little-endian bits need not be aligned in the file.
    private func elements<Bits: FixedWidthInteger, Element>(
        of name: String, elementType: SafetensorsElementType, _ element: (Bits) -> Element
    ) throws(SafetensorsError) -> [Element] {
        slice(of: try tensor(name, elementType: elementType)).withUnsafeBytes { source in
            stride(from: 0, to: source.count, by: MemoryLayout<Bits>.size).map { offset in
                element(Bits(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Bits.self)))
            }
        }
    }
}
