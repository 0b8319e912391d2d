/// Reads the JSON tokens of a safetensors header, strictly as RFC 8259 has them.
///
/// Foundation's decoders are no use here: they hide duplicated keys and round large numbers. The bytes must be
/// valid UTF-8, which the caller has checked.
struct SafetensorsHeaderScanner {
    /// A number as a header may have it: sizes and offsets are unsigned integers, all else is a fault.
    enum Number: Equatable {
        case unsigned(UInt64)
        case negative
        case fractional
        case tooLarge
    }

    /// How deep values may be nested, as in the reference implementation's JSON parser.
    static let maximumDepth = 127

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// Starts at the first byte of the slice.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next byte after white space, not consumed; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.endIndex, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
            position += 1
        }
        return position < bytes.endIndex ? bytes[position] : nil
    }

    /// Consumes a byte after white space if it is the given one.
    mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    /// Consumes the given byte after white space.
    mutating func require(_ character: Unicode.Scalar) throws(SafetensorsError.Fault) {
        guard consume(character) else {
            throw expected("'\(character)'")
        }
    }

    /// Refuses anything but white space up to the end.
    mutating func requireEnd() throws(SafetensorsError.Fault) {
        guard peek() == nil else {
            throw expected("nothing but white space after the last '}'")
        }
    }

    /// Reads an object; `member` is called after each key and its colon and must consume the value.
    mutating func object(
        member: (inout Self, String) throws(SafetensorsError.Fault) -> Void
    ) throws(SafetensorsError.Fault) {
        try require("{")
        guard !consume("}") else {
            return
        }
        repeat {
            let key = try string()
            try require(":")
            try member(&self, key)
        } while consume(",")
        try require("}")
    }

    /// Reads an array; `element` must consume one value.
    mutating func array(
        element: (inout Self) throws(SafetensorsError.Fault) -> Void
    ) throws(SafetensorsError.Fault) {
        try require("[")
        guard !consume("]") else {
            return
        }
        repeat {
            try element(&self)
        } while consume(",")
        try require("]")
    }

    /// Consumes the word `null` if it is next.
    mutating func consumeNull() throws(SafetensorsError.Fault) -> Bool {
        guard peek() == UInt8(ascii: "n") else {
            return false
        }
        try literal("null")
        return true
    }

    /// Consumes a value of any kind, checking its syntax.
    ///
    /// - Parameter depth: how many objects and arrays enclose the value.
    mutating func skipValue(depth: Int) throws(SafetensorsError.Fault) {
        switch peek() {
        case UInt8(ascii: "{"):
            try requireRoom(depth)
            try object { (scanner, _) throws(SafetensorsError.Fault) in
                try scanner.skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "["):
            try requireRoom(depth)
            try array { (scanner) throws(SafetensorsError.Fault) in
                try scanner.skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try number()
        }
    }

    private func requireRoom(_ depth: Int) throws(SafetensorsError.Fault) {
        guard depth < Self.maximumDepth else {
            throw .headerTooDeep(offset: position - bytes.startIndex)
        }
    }

    private mutating func literal(_ word: StaticString) throws(SafetensorsError.Fault) {
        let text = word.withUTF8Buffer(Array.init)
        guard bytes[position...].starts(with: text) else {
            throw expected("'\(word)'")
        }
        position += text.count
    }

    private func expected(_ what: String) -> SafetensorsError.Fault {
        .invalidJSON(offset: position - bytes.startIndex, expected: what)
    }
}

extension SafetensorsHeaderScanner {
    /// Whether a number is next.
    mutating func isAtNumber() -> Bool {
        peek().map { $0 == UInt8(ascii: "-") || isDigit($0) } ?? false
    }

    /// Reads a number.
    mutating func number() throws(SafetensorsError.Fault) -> Number {
        guard isAtNumber() else {
            throw expected("a value")
        }
        let start = position
        let isNegative = consume("-")
        let integer = try digits()
        guard integer.count == 1 || integer.first != UInt8(ascii: "0") else {
            throw expected("a number without leading zeros")
        }
        var isFractional = false
        if next(isOneOf: ".") {
            isFractional = true
            _ = try digits()
        }
        if next(isOneOf: "eE") {
            isFractional = true
            _ = next(isOneOf: "+-")
            _ = try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw expected("a number in the range of a double")
        }
        if isNegative {
            return .negative
        }
        if isFractional {
            return .fractional
        }
        return UInt64(text).map(Number.unsigned) ?? .tooLarge
    }

    private mutating func digits() throws(SafetensorsError.Fault) -> ArraySlice<UInt8> {
        let digits = bytes[position...].prefix(while: isDigit)
        guard !digits.isEmpty else {
            throw expected("a digit")
        }
        position = digits.endIndex
        return digits
    }

    private mutating func next(isOneOf characters: String) -> Bool {
        guard position < bytes.endIndex, characters.utf8.contains(bytes[position]) else {
            return false
        }
        position += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension SafetensorsHeaderScanner {
    /// Reads a string and resolves its escapes.
    mutating func string() throws(SafetensorsError.Fault) -> String {
        guard consume("\"") else {
            throw expected("a string")
        }
        var text: [UInt8] = []
        while true {
            let plain = bytes[position...].prefix { byte in
                byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            }
            text += plain
            position = plain.endIndex
            guard position < bytes.endIndex else {
                throw expected("the end of a string")
            }
            guard bytes[position] >= 0x20 else {
                throw expected("an escape in place of a control character")
            }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") {
                return String(decoding: text, as: UTF8.self)
            }
            text += UTF8.encode(try escape())!
        }
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(SafetensorsError.Fault) -> Unicode.Scalar {
        guard position < bytes.endIndex else {
            throw expected("the end of an escape")
        }
        let character = Unicode.Scalar(bytes[position])
        position += 1
        switch character {
        case "\"", "\\", "/": return character
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return try unicodeEscape()
        default:
            position -= 1
            throw expected("an escape that JSON knows")
        }
    }

    /// Reads the four digits after `\u`, and the second half of a pair of surrogates.
    private mutating func unicodeEscape() throws(SafetensorsError.Fault) -> Unicode.Scalar {
        let unit = try hexadecimalUnit()
        if let scalar = Unicode.Scalar(unit) {
            return scalar
        }
        guard UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: Array("\\u".utf8)) else {
            throw expected("a pair of surrogates")
        }
        position += 2
        let second = try hexadecimalUnit()
        guard UTF16.isTrailSurrogate(second) else {
            throw expected("a pair of surrogates")
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, second]))
    }

    private mutating func hexadecimalUnit() throws(SafetensorsError.Fault) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        // UInt16's own parser would accept a sign.
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw expected("four hexadecimal digits")
        }
        position += 4
        return unit
    }
}
