public import Files

/// Why a safetensors file was refused, or what it does not hold.
public struct SafetensorsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, one case for each way to be wrong. A `tensor` is a tensor's name.
    public enum Fault: Error, Hashable, Sendable {
        /// The file cannot be read at all.
        case unreadable(FileError)
        /// The file is shorter than the 8 bytes of the header's length.
        case fileTooShort(byteCount: Int)
        /// The header's length is over the format's limit of 100,000,000 bytes.
        case headerTooLong(byteCount: UInt64)
        /// The header's length points past the end of the file.
        case headerPastEndOfFile(byteCount: Int, available: Int)
        /// The header is not valid UTF-8.
        case headerNotUTF8
        /// The header's first byte is not `{`.
        case headerWithoutBrace
        /// The header is not valid JSON; `offset` counts bytes from its start.
        case invalidJSON(offset: Int, expected: String)
        /// The header's values are nested more than 127 deep.
        case headerTooDeep(offset: Int)
        /// `__metadata__` occurs twice.
        case duplicatedMetadata
        /// A key occurs twice in `__metadata__`.
        case duplicatedMetadataKey(String)
        /// `__metadata__` is not an object whose values are all strings.
        case metadataNotText(key: String?)
        /// Two tensors have the same name, or names that differ only in Unicode normalisation.
        case duplicatedTensorName(String)
        /// A tensor's description is not an object.
        case tensorNotObject(tensor: String)
        /// A field occurs twice in a tensor's description.
        case duplicatedField(String, tensor: String)
        /// A tensor's description lacks a field.
        case missingField(String, tensor: String)
        /// A field is of the wrong kind or length.
        case invalidField(String, tensor: String, expected: String)
        /// A number has a minus sign.
        case negativeNumber(field: String, tensor: String)
        /// A number has a fraction or an exponent.
        case fractionalNumber(field: String, tensor: String)
        /// A number needs more than 64 bits.
        case numberTooLarge(field: String, tensor: String)
        /// The element type is none of `SafetensorsElementType`.
        case unknownElementType(String, tensor: String)
        /// A tensor's data end before they begin.
        case reversedRange(tensor: String)
        /// Bytes before this tensor belong to none.
        case hole(tensor: String, expectedStart: UInt64, start: UInt64)
        /// A tensor begins inside the one before.
        case overlap(tensor: String, expectedStart: UInt64, start: UInt64)
        /// The product of the shape and the element size exceeds the machine's integers.
        case sizeOverflow(tensor: String)
        /// The elements do not fill whole bytes.
        case partialByte(tensor: String)
        /// The data range's length is not the product of the shape and the element size.
        case sizeMismatch(tensor: String, expected: Int, actual: UInt64)
        /// The file goes on after the last tensor.
        case trailingBytes(count: UInt64)
        /// The file ends before the last tensor does.
        case missingBytes(count: UInt64)
        /// The file has no tensor of that name.
        case tensorNotFound(String)
        /// A tensor's elements are of another type than the one asked for.
        case wrongElementType(
            tensor: String, expected: SafetensorsElementType, actual: SafetensorsElementType)
    }

    /// The file's path, or nil where the bytes came from memory.
    public let path: String?
    /// What is wrong.
    public let fault: Fault

    /// Creates an error about a file, or about bytes in memory where there is no path.
    public init(path: String?, fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// What is wrong with which file, and what to do.
    public var description: String {
        let subject = path.map { "'\($0)'" } ?? "the safetensors data"
        return switch fault {
        case .unreadable(let error):
            error.description
        case .tensorNotFound(let tensor):
            "\(subject) holds no tensor '\(tensor)'. Check that the file belongs to this model."
        case .wrongElementType(let tensor, let expected, let actual):
            "Tensor '\(tensor)' in \(subject) is of type \(actual.rawValue), not \(expected.rawValue). "
                + "Convert it, or choose a file of that type."
        default:
            "Cannot use \(subject) as a safetensors file: \(fault.explanation). "
                + "It is damaged or of another kind; get it again or write it anew."
        }
    }
}

extension SafetensorsError.Fault {
    /// The fault as a clause without subject.
    fileprivate var explanation: String {
        switch self {
        case .unreadable(let error):
            error.description
        case .fileTooShort(let byteCount):
            "it has \(byteCount) bytes, fewer than the 8 of the header's length"
        case .headerTooLong(let byteCount):
            "its header claims \(byteCount) bytes, more than the allowed 100000000"
        case .headerPastEndOfFile(let byteCount, let available):
            "its header claims \(byteCount) bytes, but only \(available) follow"
        case .headerNotUTF8:
            "its header is not valid UTF-8"
        case .headerWithoutBrace:
            "its header does not start with '{'"
        case .invalidJSON(let offset, let expected):
            "its header is not valid JSON: expected \(expected) at byte \(offset)"
        case .headerTooDeep(let offset):
            "its header is nested more than 127 deep at byte \(offset)"
        case .duplicatedMetadata:
            "its header has two entries '__metadata__'"
        case .duplicatedMetadataKey(let key):
            "its metadata have two entries '\(key)'"
        case .metadataNotText(let key?):
            "the metadata entry '\(key)' is not a string"
        case .metadataNotText(nil):
            "its '__metadata__' is not an object of strings"
        case .duplicatedTensorName(let tensor):
            "it has two tensors '\(tensor)'"
        case .tensorNotObject(let tensor):
            "the entry of tensor '\(tensor)' is not an object"
        case .duplicatedField(let field, let tensor):
            "tensor '\(tensor)' has two fields '\(field)'"
        case .missingField(let field, let tensor):
            "tensor '\(tensor)' has no field '\(field)'"
        case .invalidField(let field, let tensor, let expected):
            "'\(field)' of tensor '\(tensor)' is not \(expected)"
        case .negativeNumber(let field, let tensor):
            "'\(field)' of tensor '\(tensor)' has a negative number"
        case .fractionalNumber(let field, let tensor):
            "'\(field)' of tensor '\(tensor)' has a number with a fraction or an exponent"
        case .numberTooLarge(let field, let tensor):
            "'\(field)' of tensor '\(tensor)' has a number of more than 64 bits"
        case .unknownElementType(let name, let tensor):
            "tensor '\(tensor)' has the unknown element type '\(name)'"
        case .reversedRange(let tensor):
            "the data of tensor '\(tensor)' end before they begin"
        case .hole(let tensor, let expectedStart, let start):
            "the data of tensor '\(tensor)' begin at byte \(start) and leave a hole from byte \(expectedStart)"
        case .overlap(let tensor, let expectedStart, let start):
            "the data of tensor '\(tensor)' begin at byte \(start) inside data that reach to byte \(expectedStart)"
        case .sizeOverflow(let tensor):
            "the size of tensor '\(tensor)' overflows"
        case .partialByte(let tensor):
            "the elements of tensor '\(tensor)' do not fill whole bytes"
        case .sizeMismatch(let tensor, let expected, let actual):
            "the shape of tensor '\(tensor)' needs \(expected) bytes, but its data range has \(actual)"
        case .trailingBytes(let count):
            "\(count) bytes follow the last tensor"
        case .missingBytes(let count):
            "\(count) bytes of tensor data are missing at its end"
        case .tensorNotFound(let tensor):
            "it holds no tensor '\(tensor)'"
        case .wrongElementType(let tensor, let expected, let actual):
            "tensor '\(tensor)' is of type \(actual.rawValue), not \(expected.rawValue)"
        }
    }
}
