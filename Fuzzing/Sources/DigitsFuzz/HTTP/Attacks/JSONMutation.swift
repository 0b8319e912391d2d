/// A way to damage JSON, mostly so that it stays some.
enum JSONMutation: CaseIterable {
    /// A number is one that programs get wrong.
    case number
    /// A value is any other.
    case value
    /// A value is inside of many others.
    case depth
    /// A text has what no text should.
    case text
    /// A part is there twice, members among them.
    case repetition
    /// A sign of the grammar is missing, or another.
    case sign

    /// The damaged JSON.
    func applied(to json: [UInt8], random: inout some RandomNumberGenerator) -> [UInt8] {
        var result = json
        switch self {
        case .number:
            guard let number = Self.token(in: json, &random, { Self.isDigit($0) }) else { return json }
            result.replaceSubrange(number, with: Self.numbers.randomElement(using: &random)!.utf8)
        case .value:
            guard let place = Self.place(in: json, &random, { [0x3A, 0x2C, 0x5B].contains($0) }) else {
                return json
            }
            let value = Self.values.randomElement(using: &random)! + (json[place] == 0x3A ? "," : "")
            result.insert(contentsOf: value.utf8, at: place + 1)
        case .depth:
            guard let place = Self.place(in: json, &random, { [0x3A, 0x2C, 0x5B].contains($0) }) else {
                return json
            }
            let count = [5, 7, 8, 9, 100, 5000].randomElement(using: &random)!
            let (open, end) = [("[", "]"), (#"{"a":"#, "}")].randomElement(using: &random)!
            let isWhole = Bool.random(using: &random)
            let nest =
                String(repeating: open, count: count)
                + (isWhole ? "1" + String(repeating: end, count: count) : "")
            result.insert(contentsOf: (nest + ",").utf8, at: place + 1)
        case .text:
            guard let place = Self.place(in: json, &random, { $0 == 0x22 }) else { return json }
            result.insert(contentsOf: Self.texts.randomElement(using: &random)!, at: place + 1)
        case .repetition:
            let start = Self.place(in: json, &random, { $0 == 0x2C || $0 == 0x7B }) ?? 0
            let end = Self.place(in: json, &random, { $0 == 0x2C || $0 == 0x7D }) ?? json.count
            guard start < end else { return json }
            let times = [1, 1, 20].randomElement(using: &random)!
            for _ in 0..<times where result.count < 60_000 {
                result.insert(contentsOf: json[start..<end], at: end)
            }
        case .sign:
            guard let place = Self.place(in: json, &random, { #"[]{}:,""#.utf8.contains($0) }) else {
                return json
            }
            if Bool.random(using: &random) {
                result.remove(at: place)
            } else {
                result[place] = Array(#"[]{}:,"/"#.utf8).randomElement(using: &random)!
            }
        }
        return result
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// A place from any other on. Half of them are near the begin, where the members are.
    private static func place(
        in json: [UInt8], _ random: inout some RandomNumberGenerator, _ isMeant: (UInt8) -> Bool
    ) -> Int? {
        guard !json.isEmpty else { return nil }
        let end = Bool.random(using: &random) ? min(100, json.count) : json.count
        return json[Int.random(in: 0..<end, using: &random)...].firstIndex(where: isMeant)
    }

    private static func token(
        in json: [UInt8], _ random: inout some RandomNumberGenerator, _ isMeant: (UInt8) -> Bool
    ) -> Range<Int>? {
        place(in: json, &random, isMeant).map { start in
            start..<(json[start...].firstIndex { !isMeant($0) } ?? json.count)
        }
    }

    private static let numbers =
        [
            "0", "-1", "-0", "256", "1.5", "1e0", "1e400", "-1e400", "1e-400", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "18446744073709551616", "4294967296", "01", "1.",
            ".5", "+1",
            "1e", "0x10", "NaN", "Infinity", "-", "1e99999999999999999999",
            "0.00000000000000000000000000000001",
        ] + [String(repeating: "9", count: 2000), "0." + String(repeating: "3", count: 2000)]

    private static let values = [
        "null", "true", "false", "{}", "[]", "\"\"", "\"1\"", "-1", "[[]]", "[null]", "{\"a\":{}}", "nul",
        "[1,\"1\"]",
    ]

    private static let texts: [[UInt8]] =
        [
            "\\", "\\u", "\\ud800", "\\udc00\\ud800", "\\u0000", "\\x41", "\u{0}", "\n", "\"", "\u{202E}",
            "e\u{301}",
        ]
        .map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]
        + [[UInt8](repeating: 0x41, count: 10_000)]
}
