/// Reads JSON (RFC 8259) from bytes in one pass, a value at a time, as the caller asks for it.
///
/// It makes no tree of values, refuses what nests deeper than a limit and objects that name a member twice, and checks that text is
/// UTF-8. Numbers are rounded correctly.
///
/// ```swift
/// var shape: [Int] = []
/// try reader.readObject { reader, key in
///     if key == "shape" {
///         try reader.readArray { reader in shape.append(try reader.readInteger()) }
///     } else {
///         try reader.skipValue()
///     }
/// }
/// try reader.finish()
/// ```
package struct JSONReader {
    /// What a value is, by its first byte.
    package enum Kind: Equatable {
        case object, array, string, number, boolean, null
    }

    /// The document; whoever makes a reader lends the memory for as long as it is used. Read through `byte(at:)` alone, but for loops
    /// that check the end themselves.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte to be read, `0...bytes.count`.
    var position = 0

    /// Objects and arrays that may still be opened inside each other.
    private var depthLeft: Int
    /// The most members of an object: each is compared with those before it.
    private static let mostMembers = 256

    /// - Parameters:
    ///   - bytes: The document, without a byte-order mark.
    ///   - depthLimit: How many objects and arrays may be inside each other, at least 1.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        depthLeft = depthLimit
    }

    /// The byte at a place; 0, which is in no JSON, behind the end.
    @inline(__always)
    func byte(at place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    /// An error at the present place.
    func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }

    @inline(__always)
    mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// What the next value is.
    package mutating func nextKind() throws(JSONError) -> Kind {
        skipSpace()
        switch byte(at: position) {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        default: throw error(position < bytes.count ? "there is no value" : "a value is missing")
        }
    }

    /// Checks that nothing but white space is left.
    package mutating func finish() throws(JSONError) {
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the end of the value") }
    }
}

// MARK: - Objects and arrays

extension JSONReader {
    /// Reads an object.
    /// - Parameter member: Is given each member's name, and reads or skips its value.
    package mutating func readObject(
        _ member: (inout JSONReader, String) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"), "an object")
        defer { depthLeft += 1 }
        skipSpace()
        if take(UInt8(ascii: "}")) { return }
        var keys: [String] = []
        while true {
            skipSpace()
            let start = position
            let key = try readString()
            guard !keys.contains(key) else {
                throw JSONError(
                    reason: "the object has the member \"\(key.forMessage)\" twice", offset: start)
            }
            guard keys.count < Self.mostMembers else {
                throw JSONError(reason: "an object has more than \(Self.mostMembers) members", offset: start)
            }
            keys.append(key)
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("a colon is missing after a member's name") }
            try member(&self, key)
            skipSpace()
            if take(UInt8(ascii: "}")) { return }
            guard take(UInt8(ascii: ",")) else { throw error("a comma or the end of an object is missing") }
        }
    }

    /// Reads an array.
    /// - Parameter element: Reads or skips each element.
    package mutating func readArray(
        _ element: (inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "["), "an array")
        defer { depthLeft += 1 }
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        while true {
            try element(&self)
            skipSpace()
            if take(UInt8(ascii: "]")) { return }
            guard take(UInt8(ascii: ",")) else { throw error("a comma or the end of an array is missing") }
        }
    }

    private mutating func open(_ byte: UInt8, _ name: String) throws(JSONError) {
        skipSpace()
        guard self.byte(at: position) == byte else { throw error("\(name) is expected") }
        guard depthLeft > 0 else { throw error("the value is nested too deeply") }
        depthLeft -= 1
        position += 1
    }

    /// Goes past a byte if it comes next.
    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}

// MARK: - Small values

extension JSONReader {
    /// Reads `true` or `false`.
    package mutating func readBoolean() throws(JSONError) -> Bool {
        if try nextKind() == .boolean {
            if take(word: "true") { return true }
            if take(word: "false") { return false }
        }
        throw error("true or false is expected")
    }

    /// Reads `null`.
    package mutating func readNull() throws(JSONError) {
        guard try nextKind() == .null, take(word: "null") else { throw error("null is expected") }
    }

    /// Reads a value of any kind, checks it, and forgets it.
    mutating func skipValue() throws(JSONError) {
        switch try nextKind() {
        case .object: try readObject { (reader, _) throws(JSONError) in try reader.skipValue() }
        case .array: try readArray { (reader) throws(JSONError) in try reader.skipValue() }
        case .string: try skipString()
        case .number: _ = try readNumber()
        case .boolean: _ = try readBoolean()
        case .null: try readNull()
        }
    }

    private mutating func take(word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        for index in 0..<word.utf8CodeUnitCount where bytes[position + index] != word.utf8Start[index] {
            return false
        }
        position = end
        return true
    }
}
