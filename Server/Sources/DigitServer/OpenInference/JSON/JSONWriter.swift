package import NIOCore

/// Writes JSON (RFC 8259) into a buffer, compact, members in the order in which they are given.
package struct JSONWriter {
    /// What was written.
    package private(set) var buffer: ByteBuffer
    /// Whether a comma must come before the next value.
    private var needsComma = false

    /// - Parameter capacity: Bytes that are expected.
    package init(capacity: Int = 256) { buffer = ByteBufferAllocator().buffer(capacity: capacity) }

    /// Writes an object, of members that the closure writes.
    package mutating func object(_ members: (inout JSONWriter) -> Void) { enclose("{", "}", members) }
    /// Writes an array, of elements that the closure writes.
    package mutating func array(_ elements: (inout JSONWriter) -> Void) { enclose("[", "]", elements) }

    /// Writes a member's name; its value comes next.
    package mutating func key(_ name: String) {
        separate()
        quote(name)
        buffer.writeStaticString(":")
        needsComma = false
    }

    /// Writes a text.
    mutating func string(_ value: String) {
        separate()
        quote(value)
    }

    /// Writes a whole number.
    mutating func integer(_ value: Int) {
        separate()
        if (0..<10).contains(value) {
            buffer.writeInteger(UInt8(ascii: "0") + UInt8(value))
        } else {
            buffer.writeString(String(value))
        }
    }

    /// Writes a number with the fewest digits that read back as the same float; null where it is not finite.
    package mutating func float(_ value: Float) {
        separate()
        buffer.writeString(value.isFinite ? value.description : "null")
    }

    /// Writes true or false.
    mutating func boolean(_ value: Bool) {
        separate()
        buffer.writeStaticString(value ? "true" : "false")
    }

    /// Writes null.
    mutating func null() {
        separate()
        buffer.writeStaticString("null")
    }

    /// Writes a value that is JSON already.
    mutating func raw(_ json: String) {
        separate()
        buffer.writeString(json)
    }
}

extension JSONWriter {
    /// Writes a member with a text.
    package mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// Writes a member with a whole number.
    mutating func member(_ name: String, _ value: Int) {
        key(name)
        integer(value)
    }

    /// Writes a member with true or false.
    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    /// Writes a member with an array of texts.
    mutating func member(_ name: String, _ values: [String]) {
        key(name)
        array { writer in for value in values { writer.string(value) } }
    }

    /// Writes a member with an array of whole numbers.
    package mutating func member(_ name: String, _ values: [Int]) {
        key(name)
        array { writer in for value in values { writer.integer(value) } }
    }
}

extension JSONWriter {
    private mutating func enclose(
        _ start: StaticString, _ end: StaticString, _ contents: (inout JSONWriter) -> Void
    ) {
        separate()
        buffer.writeStaticString(start)
        needsComma = false
        contents(&self)
        buffer.writeStaticString(end)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { buffer.writeStaticString(",") }
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        buffer.writeStaticString("\"")
        let mustEscape = text.utf8.contains {
            $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
        }
        if mustEscape {
            for byte in text.utf8 { escape(byte) }
        } else {
            buffer.writeString(text)
        }
        buffer.writeStaticString("\"")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
        case 0x0A: buffer.writeStaticString("\\n")
        case 0x0D: buffer.writeStaticString("\\r")
        case 0x09: buffer.writeStaticString("\\t")
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            buffer.writeStaticString("\\u00")
            buffer.writeBytes([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        default: buffer.writeInteger(byte)
        }
    }
}
