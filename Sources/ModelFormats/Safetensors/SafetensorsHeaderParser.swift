/// Parses and checks the JSON header of a safetensors file.
///
/// It refuses what the reference reader (safetensors 0.8, Rust) refuses. It also refuses what that reader lets
/// through although the format's description forbids it or two readers could understand it differently: names
/// and metadata keys that occur twice, white space before the first brace, and tensor descriptions or element
/// types that are not written as an object and a string. Unknown fields are checked for syntax and ignored, as
/// there.
enum SafetensorsHeaderParser {
    /// A tensor's description before its numbers are checked.
    private struct Entry {
        let elementType: SafetensorsElementType
        let shape: [UInt64]
        let start: UInt64
        let end: UInt64
    }

    /// Parses a header and checks that its tensors cover the data exactly.
    ///
    /// - Parameters:
    ///   - bytes: the header without its length.
    ///   - dataByteCount: how many bytes follow the header in the file.
    /// - Returns: the metadata, and the tensors in the order of their data.
    static func parse(
        _ bytes: ArraySlice<UInt8>, dataByteCount: Int
    ) throws(SafetensorsError.Fault) -> (metadata: [String: String], tensors: [SafetensorsTensor]) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw .headerNotUTF8
        }
        guard bytes.first == UInt8(ascii: "{") else {
            throw .headerWithoutBrace
        }
        var scanner = SafetensorsHeaderScanner(bytes)
        var metadata: [String: String]?
        var entries: [String: Entry] = [:]
        try scanner.object { (scanner, name) throws(SafetensorsError.Fault) in
            if name == "__metadata__" {
                guard metadata == nil else {
                    throw .duplicatedMetadata
                }
                metadata = try Self.metadata(&scanner)
            } else {
                let entry = try Self.entry(&scanner, tensor: name)
                guard entries.updateValue(entry, forKey: name) == nil else {
                    throw .duplicatedTensorName(name)
                }
            }
        }
        try scanner.requireEnd()
        return (metadata ?? [:], try checkedTensors(entries, dataByteCount: dataByteCount))
    }

    /// An object of strings; `null` stands for none.
    private static func metadata(
        _ scanner: inout SafetensorsHeaderScanner
    ) throws(SafetensorsError.Fault) -> [String: String] {
        var metadata: [String: String] = [:]
        guard try !scanner.consumeNull() else {
            return metadata
        }
        guard scanner.peek() == UInt8(ascii: "{") else {
            throw .metadataNotText(key: nil)
        }
        try scanner.object { (scanner, key) throws(SafetensorsError.Fault) in
            guard scanner.peek() == UInt8(ascii: "\"") else {
                throw .metadataNotText(key: key)
            }
            guard metadata.updateValue(try scanner.string(), forKey: key) == nil else {
                throw .duplicatedMetadataKey(key)
            }
        }
        return metadata
    }

    /// One tensor's `{"dtype": …, "shape": […], "data_offsets": […, …]}`.
    private static func entry(
        _ scanner: inout SafetensorsHeaderScanner, tensor: String
    ) throws(SafetensorsError.Fault) -> Entry {
        guard scanner.peek() == UInt8(ascii: "{") else {
            throw .tensorNotObject(tensor: tensor)
        }
        var elementType: SafetensorsElementType?
        var shape: [UInt64]?
        var offsets: [UInt64]?
        try scanner.object { (scanner, field) throws(SafetensorsError.Fault) in
            switch field {
            case "dtype":
                guard elementType == nil else {
                    throw .duplicatedField(field, tensor: tensor)
                }
                elementType = try Self.elementType(&scanner, tensor: tensor)
            case "shape":
                guard shape == nil else {
                    throw .duplicatedField(field, tensor: tensor)
                }
                shape = try numbers(&scanner, field: field, tensor: tensor)
            case "data_offsets":
                guard offsets == nil else {
                    throw .duplicatedField(field, tensor: tensor)
                }
                offsets = try numbers(&scanner, field: field, tensor: tensor)
            default:
                // Inside the header's object and the tensor's.
                try scanner.skipValue(depth: 2)
            }
        }
        guard let elementType else {
            throw .missingField("dtype", tensor: tensor)
        }
        guard let shape else {
            throw .missingField("shape", tensor: tensor)
        }
        guard let offsets else {
            throw .missingField("data_offsets", tensor: tensor)
        }
        guard offsets.count == 2 else {
            throw .invalidField("data_offsets", tensor: tensor, expected: "an array of two numbers")
        }
        return Entry(elementType: elementType, shape: shape, start: offsets[0], end: offsets[1])
    }

    private static func elementType(
        _ scanner: inout SafetensorsHeaderScanner, tensor: String
    ) throws(SafetensorsError.Fault) -> SafetensorsElementType {
        guard scanner.peek() == UInt8(ascii: "\"") else {
            throw .invalidField("dtype", tensor: tensor, expected: "a string")
        }
        let name = try scanner.string()
        guard let elementType = SafetensorsElementType(rawValue: name) else {
            throw .unknownElementType(name, tensor: tensor)
        }
        return elementType
    }

    private static func numbers(
        _ scanner: inout SafetensorsHeaderScanner, field: String, tensor: String
    ) throws(SafetensorsError.Fault) -> [UInt64] {
        guard scanner.peek() == UInt8(ascii: "[") else {
            throw .invalidField(field, tensor: tensor, expected: "an array of numbers")
        }
        var numbers: [UInt64] = []
        try scanner.array { (scanner) throws(SafetensorsError.Fault) in
            guard scanner.isAtNumber() else {
                throw .invalidField(field, tensor: tensor, expected: "an array of numbers")
            }
            switch try scanner.number() {
            case .unsigned(let number): numbers.append(number)
            case .negative: throw .negativeNumber(field: field, tensor: tensor)
            case .fractional: throw .fractionalNumber(field: field, tensor: tensor)
            case .tooLarge: throw .numberTooLarge(field: field, tensor: tensor)
            }
        }
        return numbers
    }
}

extension SafetensorsHeaderParser {
    /// The tensors in the order of their data, which must follow each other from 0 to `dataByteCount`.
    private static func checkedTensors(
        _ entries: [String: Entry], dataByteCount: Int
    ) throws(SafetensorsError.Fault) -> [SafetensorsTensor] {
        // Equal ranges are both empty or overlap; the name keeps their order the same in every run.
        let ordered = entries.sorted { left, right in
            (left.value.start, left.value.end, left.key) < (right.value.start, right.value.end, right.key)
        }
        var tensors: [SafetensorsTensor] = []
        tensors.reserveCapacity(ordered.count)
        var expectedStart: UInt64 = 0
        for (name, entry) in ordered {
            guard entry.start <= entry.end else {
                throw .reversedRange(tensor: name)
            }
            if entry.start > expectedStart {
                throw .hole(tensor: name, expectedStart: expectedStart, start: entry.start)
            }
            if entry.start < expectedStart {
                throw .overlap(tensor: name, expectedStart: expectedStart, start: entry.start)
            }
            let shape = try shape(of: entry, tensor: name)
            switch entry.elementType.extent(ofShape: shape) {
            case .bytes(let byteCount) where UInt64(byteCount) == entry.end - entry.start: break
            case .bytes(let byteCount):
                throw .sizeMismatch(tensor: name, expected: byteCount, actual: entry.end - entry.start)
            case .partialByte: throw .partialByte(tensor: name)
            case .overflow: throw .sizeOverflow(tensor: name)
            }
            guard let start = Int(exactly: entry.start), let end = Int(exactly: entry.end) else {
                throw .sizeOverflow(tensor: name)
            }
            tensors.append(
                SafetensorsTensor(
                    name: name, elementType: entry.elementType, shape: shape, byteRange: start..<end))
            expectedStart = entry.end
        }

        let available = UInt64(dataByteCount)
        if expectedStart < available {
            throw .trailingBytes(count: available - expectedStart)
        }
        if expectedStart > available {
            throw .missingBytes(count: expectedStart - available)
        }
        return tensors
    }

    private static func shape(
        of entry: Entry, tensor: String
    ) throws(SafetensorsError.Fault) -> [Int] {
        var shape: [Int] = []
        for size in entry.shape {
            guard let size = Int(exactly: size) else {
                throw .sizeOverflow(tensor: tensor)
            }
            shape.append(size)
        }
        return shape
    }
}
