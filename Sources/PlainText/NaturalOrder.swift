/// The order in which people list names: numbers in them by their value, capitals beside small letters.
///
/// `scan2.png` stands before `scan10.png`.
package enum NaturalOrder {
    /// The texts in this order.
    package static func sorted(_ texts: [String]) -> [String] {
        texts.map { (text: $0, bytes: Array($0.utf8)) }.sorted { first, second in
            switch compare(first.bytes, second.bytes) {
            case 0: first.text < second.text
            case let order: order < 0
            }
        }.map(\.text)
    }

    /// Below 0 where the first stands before the second, 0 where they differ in capitals and leading zeros at most.
    private static func compare(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            if isDigit(first[i]), isDigit(second[j]) {
                let (a, b) = (number(in: first, at: &i), number(in: second, at: &j))
                if a.count != b.count { return a.count - b.count }
                if a.lexicographicallyPrecedes(b) { return -1 }
                if b.lexicographicallyPrecedes(a) { return 1 }
            } else {
                let (a, b) = (lowercased(first[i]), lowercased(second[j]))
                if a != b { return Int(a) - Int(b) }
                i += 1
                j += 1
            }
        }
        return (first.count - i) - (second.count - j)
    }

    /// The digits from a place on, without zeros before them; the place is then behind them.
    private static func number(in text: [UInt8], at place: inout Int) -> ArraySlice<UInt8> {
        let digits = text[place...].prefix(while: isDigit)
        place = digits.endIndex
        return digits.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
