extension JSONReader {
    /// Reads a string.
    package mutating func readString() throws(JSONError) -> String {
        let (range, hasEscapes) = try scanString()
        if hasEscapes { return try unescaped(range) }
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        guard let string = String(validating: text, as: UTF8.self) else {
            throw JSONError(reason: "a text is not UTF-8", offset: range.lowerBound)
        }
        return string
    }

    /// Reads a string and forgets it.
    mutating func skipString() throws(JSONError) { _ = try readString() }

    /// Finds the end of a string and goes past it.
    /// - Returns: What stands between the quotation marks, and whether there are escapes in it.
    private mutating func scanString() throws(JSONError) -> (range: Range<Int>, hasEscapes: Bool) {
        guard byte(at: position) == UInt8(ascii: "\"") else { throw error("a text is expected") }
        let start = position + 1
        var hasEscapes = false
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                position = place + 1
                return (start..<place, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                place += 2
            case 0..<0x20:
                throw JSONError(reason: "a text has a control character", offset: place)
            default: place += 1
            }
        }
        throw JSONError(reason: "a text has no end", offset: bytes.count)
    }

    private func unescaped(_ range: Range<Int>) throws(JSONError) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var place = range.lowerBound
        while place < range.upperBound {
            let byte = bytes[place]
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                place += 1
                continue
            }
            // `scanString` saw that another byte of the string follows.
            switch bytes[place + 1] {
            case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                let (scalar, end) = try scalar(at: place, below: range.upperBound)
                text.append(contentsOf: String(Character(scalar)).utf8)
                place = end
                continue
            default: throw JSONError(reason: "a text has an unknown escape", offset: place)
            }
            place += 2
        }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw JSONError(reason: "a text is not UTF-8", offset: range.lowerBound)
        }
        return string
    }

    /// The character of an escape `\uXXXX`, or of the two of a surrogate pair, and the place behind it.
    private func scalar(at place: Int, below end: Int) throws(JSONError) -> (Unicode.Scalar, Int) {
        let first = try codeUnit(at: place, below: end)
        if let scalar = Unicode.Scalar(first) { return (scalar, place + 6) }
        let second = (0xD800...0xDBFF).contains(first) ? try codeUnit(at: place + 6, below: end) : 0
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(reason: "a text has half of a surrogate pair", offset: place) }
        return (scalar, place + 12)
    }

    private func codeUnit(at place: Int, below end: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        guard place + 6 <= end, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
        else {
            throw JSONError(reason: "a text has an escape that is cut off", offset: place)
        }
        for index in place + 2..<place + 6 {
            switch bytes[index] {
            case let digit where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit):
                value = value << 4 | UInt32(digit - UInt8(ascii: "0"))
            case let digit where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit | 0x20):
                value = value << 4 | UInt32((digit | 0x20) - UInt8(ascii: "a") + 10)
            default:
                throw JSONError(reason: "a text has an escape without four hexadecimal digits", offset: place)
            }
        }
        return value
    }
}
