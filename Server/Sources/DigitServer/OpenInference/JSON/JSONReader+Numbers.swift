extension JSONReader {
    /// Reads a number, rounded to the nearest of double precision.
    package mutating func readNumber() throws(JSONError) -> Double {
        skipSpace()
        let start = position
        let isNegative = byte(at: position) == UInt8(ascii: "-")
        if isNegative { position += 1 }
        // Up to 19 digits fit; what `digits` counts beyond makes the fast path impossible.
        var mantissa: UInt64 = 0
        var digits = 0
        guard isDigit(byte(at: position)) else { throw error("a number is expected") }
        if byte(at: position) == UInt8(ascii: "0") {
            position += 1
            guard !isDigit(byte(at: position)) else { throw error("a number begins with 0 and goes on") }
        } else {
            takeDigits(into: &mantissa, count: &digits)
        }
        var exponent = 0
        if byte(at: position) == UInt8(ascii: ".") {
            position += 1
            guard isDigit(byte(at: position)) else { throw error("a number has no digit after its point") }
            let first = position
            takeDigits(into: &mantissa, count: &digits)
            exponent = first - position
        }
        if byte(at: position) | 0x20 == UInt8(ascii: "e") { exponent += try readExponent() }

        if digits <= 19, let value = DecimalNumber.double(mantissa, exponent: exponent) {
            return isNegative ? -value : value
        }
        return try slowNumber(from: start)
    }

    /// Reads a whole number, written without fraction and exponent.
    mutating func readInteger() throws(JSONError) -> Int {
        skipSpace()
        let start = position
        let isNegative = byte(at: position) == UInt8(ascii: "-")
        var place = isNegative ? position + 1 : position
        var value = 0
        let first = place
        while isDigit(byte(at: place)) {
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsMore) = tens.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
            guard !overflows, !overflowsMore else { throw error("a whole number is too large") }
            value = sum
            place += 1
        }
        let next = byte(at: place)
        guard place > first, place == first + 1 || bytes[first] != UInt8(ascii: "0"),
            next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e")
        else { throw JSONError(reason: "a whole number is expected", offset: start) }
        position = place
        return isNegative ? -value : value
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Takes digits. Zeros in front do not count.
    @inline(__always)
    private mutating func takeDigits(into mantissa: inout UInt64, count: inout Int) {
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if count > 0 || digit > 0 { count += 1 }
            position += 1
        }
    }

    private mutating func readExponent() throws(JSONError) -> Int {
        position += 1
        let sign = byte(at: position)
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
        guard isDigit(byte(at: position)) else { throw error("a number has no digit in its exponent") }
        var exponent = 0
        while isDigit(byte(at: position)) {
            // What is larger is infinite or zero in any case.
            exponent = min(exponent * 10 + Int(bytes[position] - UInt8(ascii: "0")), 1_000_000)
            position += 1
        }
        return sign == UInt8(ascii: "-") ? -exponent : exponent
    }

    /// The standard library's way, which takes any number of digits.
    private func slowNumber(from start: Int) throws(JSONError) -> Double {
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONError(reason: "a number is too large", offset: start)
        }
        return value
    }
}

extension JSONReader {
    /// Reads an array of numbers, which may be in arrays inside each other, row by row.
    /// - Parameters:
    ///   - values: Takes the numbers, rounded to single precision.
    ///   - limit: How many numbers there may be in `values`.
    mutating func readNumbers(into values: inout [Float], limit: Int) throws(JSONError) {
        try readArray { (reader) throws(JSONError) in
            reader.skipSpace()
            if reader.byte(at: reader.position) == UInt8(ascii: "[") {
                try reader.readNumbers(into: &values, limit: limit)
            } else {
                guard values.count < limit else {
                    throw reader.error("there are more than \(limit) numbers")
                }
                values.append(Float(try reader.readNumber()))
            }
        }
    }
}
