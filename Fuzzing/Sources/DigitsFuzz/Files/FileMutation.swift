/// A way to damage a file.
enum FileMutation: CaseIterable {
    /// Single bits are others.
    case bits
    /// A byte is any other.
    case byte
    /// A number is one that programs get wrong.
    case number
    /// The same in text.
    case decimal
    /// The numbers of rows and columns are others.
    case size
    /// Bytes are missing.
    case removal
    /// Bytes are there that do not belong there.
    case insertion
    /// A part is there twice.
    case repetition
    /// Two parts have changed places.
    case exchange
    /// The rest is another file's.
    case splice
    /// The rest is missing.
    case truncation

    /// The damaged file.
    /// - Parameter other: Another file, whose end may be taken.
    func applied(
        to bytes: [UInt8], other: [UInt8], random: inout some RandomNumberGenerator
    ) -> [UInt8] {
        guard !bytes.isEmpty else { return other }
        var result = bytes
        switch self {
        case .bits:
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                result[place(in: result, &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        case .byte: result[place(in: result, &random)] = UInt8.random(in: 0...255, using: &random)
        case .number:
            result.write(Self.number(&random), at: place(in: result, &random))
        case .decimal:
            let digits = result.indices.filter { (0x30...0x39).contains(result[$0]) }
            guard let start = digits.randomElement(using: &random) else { return result }
            let end = result[start...].firstIndex { !(0x30...0x39).contains($0) } ?? result.endIndex
            let text = ["0", "1", "255", "256", "65535", "65536", "99999", "2147483648", "999999999999"]
            result.replaceSubrange(start..<end, with: text.randomElement(using: &random)!.utf8)
        case .size:
            guard let field = SizeField.all(in: result).randomElement(using: &random) else { return result }
            result.write(
                NumberBytes(
                    Self.values.randomElement(using: &random)!, width: field.width, isBig: field.isBig),
                at: field.place)
        case .removal: result.removeSubrange(part(of: result, &random))
        case .insertion:
            let count = Int.random(in: 1...16, using: &random)
            result.insert(
                contentsOf: (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) },
                at: place(in: result, &random))
        case .repetition:
            let part = result[part(of: result, &random)]
            result.insert(contentsOf: part, at: place(in: result, &random))
        case .exchange:
            let part = part(of: result, &random)
            let bytes = result[part]
            result.removeSubrange(part)
            result.insert(contentsOf: bytes, at: Int.random(in: 0...result.count, using: &random))
        case .splice:
            let start = Int.random(in: 0...other.count, using: &random)
            result = Array(result[..<place(in: result, &random)]) + other[start...]
        case .truncation: result.removeSubrange(place(in: result, &random)...)
        }
        return result
    }

    /// Headers are where most can be wrong.
    private func place(in bytes: [UInt8], _ random: inout some RandomNumberGenerator) -> Int {
        let end = Bool.random(using: &random) ? min(64, bytes.count) : bytes.count
        return Int.random(in: 0..<end, using: &random)
    }

    private func part(of bytes: [UInt8], _ random: inout some RandomNumberGenerator) -> Range<Int> {
        let start = place(in: bytes, &random)
        return start..<start + Int.random(in: 1...min(64, bytes.count - start), using: &random)
    }

    /// Bounds of what numbers of 8 to 32 bits hold, and of what a decoder may allocate.
    private static let values: [UInt64] = [
        0, 1, 2, 7, 127, 128, 255, 256, 2000, 32767, 32768, 65535, 65536, 0x7FFF_FFFF, 0x8000_0000,
        0xFFFF_FFFF, 0xFFFF_FFF8, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max,
    ]

    private static func number(_ random: inout some RandomNumberGenerator) -> NumberBytes {
        NumberBytes(
            values.randomElement(using: &random)!, width: [1, 2, 4, 8].randomElement(using: &random)!,
            isBig: Bool.random(using: &random))
    }
}

/// A number as a file has it.
struct NumberBytes {
    let bytes: [UInt8]

    init(_ number: UInt64, width: Int, isBig: Bool) {
        let little = (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        bytes = isBig ? little.reversed() : little
    }
}

extension [UInt8] {
    /// Writes a number over what is there, as far as there is anything.
    fileprivate mutating func write(_ number: NumberBytes, at place: Int) {
        for (offset, byte) in number.bytes.enumerated() where indices.contains(place + offset) {
            self[place + offset] = byte
        }
    }
}
