public import Files
import PlainText

/// Writes safetensors files, to the byte as the reference implementation does.
///
/// Tensors are stored by falling alignment of their type and then by name, so that each is aligned; metadata
/// keys are sorted. Equal contents therefore give equal files, in whatever order they were added.
///
/// ```swift
/// var writer = SafetensorsWriter(metadata: ["format": "digits"])
/// writer.add("dense1.bias", shape: [3], floats: [1, 2, 3])
/// try writer.write(to: "model.safetensors", replacing: false)
/// ```
public struct SafetensorsWriter {
    /// Text that the file carries; left out of the header where it is empty.
    public var metadata: [String: String]
    private var tensors: [Tensor] = []
    private var names: Set<String> = []

    private struct Tensor {
        let name: String
        let elementType: SafetensorsElementType
        let shape: [Int]
        let contents: Contents
    }

    private enum Contents {
        case owned([UInt8])
        case borrowed(UnsafeRawBufferPointer)

        var count: Int {
            switch self {
            case .owned(let bytes): bytes.count
            case .borrowed(let buffer): buffer.count
            }
        }
    }

    /// Creates a writer of a file without tensors.
    public init(metadata: [String: String] = [:]) {
        self.metadata = metadata
    }

    /// Adds a tensor of type F32.
    ///
    /// - Parameters:
    ///   - name: a name that was not added before and is not `__metadata__`.
    ///   - shape: the sizes of the axes, slowest first; empty for a single number.
    ///   - floats: the elements in row-major order, as many as the shape's product.
    public mutating func add(_ name: String, shape: [Int], floats: [Float]) {
        add(name, .float32, shape: shape, bytes: Self.littleEndian(floats, \.bitPattern))
    }

    /// Adds a tensor of type I64; see `add(_:shape:floats:)`.
    public mutating func add(_ name: String, shape: [Int], integers: [Int64]) {
        add(name, .int64, shape: shape, bytes: Self.littleEndian(integers) { $0 })
    }

    /// Adds a tensor of any type.
    ///
    /// - Parameters:
    ///   - name: a name that was not added before and is not `__metadata__`.
    ///   - elementType: the type of the elements.
    ///   - shape: the sizes of the axes, slowest first; empty for a single number.
    ///   - bytes: the elements, little-endian, in row-major order.
    public mutating func add(
        _ name: String, _ elementType: SafetensorsElementType, shape: [Int], bytes: [UInt8]
    ) {
        add(Tensor(name: name, elementType: elementType, shape: shape, contents: .owned(bytes)))
    }

    /// Adds a tensor of any type without copying its elements.
    ///
    /// - Parameters:
    ///   - name: a name that was not added before and is not `__metadata__`.
    ///   - elementType: the type of the elements.
    ///   - shape: the sizes of the axes, slowest first; empty for a single number.
    ///   - memory: the elements, little-endian, in row-major order. It must stay valid for as long as the
    ///     writer is used.
    public mutating func add(
        _ name: String, _ elementType: SafetensorsElementType, shape: [Int],
        borrowing memory: UnsafeRawBufferPointer
    ) {
        add(Tensor(name: name, elementType: elementType, shape: shape, contents: .borrowed(memory)))
    }

    private mutating func add(_ tensor: Tensor) {
        precondition(tensor.name != "__metadata__", "the name '__metadata__' is reserved by the format")
        precondition(names.insert(tensor.name).inserted, "tensor '\(tensor.name)' was added before")
        precondition(
            tensor.shape.allSatisfy { $0 >= 0 },
            "tensor '\(tensor.name)' has a negative size in its shape \(tensor.shape)")
        precondition(
            tensor.elementType.extent(ofShape: tensor.shape) == .bytes(tensor.contents.count),
            "tensor '\(tensor.name)' of type \(tensor.elementType.rawValue) and shape \(tensor.shape) "
                + "got \(tensor.contents.count) bytes")
        tensors.append(tensor)
    }

    private static func littleEndian<Element, Bits: FixedWidthInteger>(
        _ elements: [Element], _ bits: (Element) -> Bits
    ) -> [UInt8] {
        let words = elements.map { bits($0).littleEndian }
        return words.withUnsafeBytes(Array.init)
    }
}

extension SafetensorsWriter {
    /// Writes the file durably: a crash leaves the old file or the new one.
    ///
    /// - Parameters:
    ///   - path: the file's path; its directory must exist.
    ///   - replacing: whether a file of that name may be replaced.
    /// - Throws: `FileError` if the file cannot be written; nothing is left behind then.
    public func write(to path: String, replacing: Bool) throws(FileError) {
        let ordered = orderedTensors
        try DurableFile.write(to: path, replacing: replacing) { (file) throws(FileError) in
            try file.append(header(of: ordered))
            for tensor in ordered {
                switch tensor.contents {
                case .owned(let bytes): try file.append(bytes)
                case .borrowed(let buffer): try file.append(buffer)
                }
            }
        }
    }

    /// The whole file in memory.
    public func serialized() -> [UInt8] {
        let ordered = orderedTensors
        return ordered.reduce(into: header(of: ordered)) { bytes, tensor in
            switch tensor.contents {
            case .owned(let contents): bytes += contents
            case .borrowed(let contents): bytes += contents
            }
        }
    }

    /// By falling alignment of the type, then by the bytes of the name.
    private var orderedTensors: [Tensor] {
        let types = SafetensorsElementType.allCases
        let ranks = Dictionary(uniqueKeysWithValues: zip(types, types.indices))
        return tensors.sorted { left, right in
            let (leftRank, rightRank) = (ranks[left.elementType]!, ranks[right.elementType]!)
            return leftRank == rightRank
                ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8) : leftRank > rightRank
        }
    }

    /// The header with its length, padded with spaces so that the tensors begin at a multiple of 8.
    private func header(of tensors: [Tensor]) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let sorted = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            let texts = sorted.map { "\($0.key.quotedForJSON):\($0.value.quotedForJSON)" }
            members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
        }
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.contents.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(tensor.name.quotedForJSON):{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        precondition(
            header.count <= SafetensorsFile.maximumHeaderByteCount,
            "a header of \(header.count) bytes is over the format's \(SafetensorsFile.maximumHeaderByteCount)"
        )
        return Self.littleEndian([UInt64(header.count)]) { $0 } + header
    }
}
