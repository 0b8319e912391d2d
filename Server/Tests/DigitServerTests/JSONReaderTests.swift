import DigitServer
import Foundation
import NIOCore
import Testing

/// Reads any value as Foundation represents it.
private func value(_ reader: inout JSONReader) throws(JSONError) -> Any {
    switch try reader.nextKind() {
    case .null:
        try reader.readNull()
        return NSNull()
    case .boolean: return NSNumber(value: try reader.readBoolean())
    case .number: return NSNumber(value: try reader.readNumber())
    case .string: return try reader.readString()
    case .array:
        var array: [Any] = []
        try reader.readArray { (reader) throws(JSONError) in array.append(try value(&reader)) }
        return array
    case .object:
        var object: [String: Any] = [:]
        try reader.readObject { (reader, key) throws(JSONError) in object[key] = try value(&reader) }
        return object
    }
}

private func read(_ json: [UInt8], depthLimit: Int = 16) throws -> Any {
    try json.withUnsafeBufferPointer { bytes in
        var reader = JSONReader(bytes, depthLimit: depthLimit)
        let result = try value(&reader)
        try reader.finish()
        return result
    }
}

private func read(_ json: String) throws -> Any { try read(Array(json.utf8)) }

private func number(_ json: String) throws -> Double {
    let bytes = Array(json.utf8)
    return try bytes.withUnsafeBufferPointer { bytes in
        var reader = JSONReader(bytes, depthLimit: 1)
        let value = try reader.readNumber()
        try reader.finish()
        return value
    }
}

private func areEqual(_ one: Any, _ other: Any) -> Bool {
    if let one = one as? [Any], let other = other as? [Any] {
        return one.count == other.count && zip(one, other).allSatisfy(areEqual)
    }
    if let one = one as? [String: Any], let other = other as? [String: Any] {
        return one.count == other.count
            && one.allSatisfy { key, value in other[key].map { areEqual(value, $0) } ?? false }
    }
    if let one = one as? String, let other = other as? String { return one == other }
    if let one = one as? NSNumber, let other = other as? NSNumber {
        // Foundation does not round each number to the nearest double; ours are compared to the bit in another test.
        return abs(one.doubleValue - other.doubleValue) <= 1e-14 * one.doubleValue.magnitude
    }
    return one is NSNull && other is NSNull
}

@Suite struct JSONReaderTests {
    @Test func generatedDocumentsAreReadAsFoundationReadsThem() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            var budget = 40
            let object = [randomValue(depth: 0, &budget, using: &generator)]
            let json = try JSONSerialization.data(withJSONObject: object)
            let expected = try JSONSerialization.jsonObject(with: json)
            #expect(areEqual(try read(Array(json)), expected), "\(String(decoding: json, as: UTF8.self))")
        }
    }

    private func randomValue(
        depth: Int, _ budget: inout Int, using generator: inout SystemRandomNumberGenerator
    ) -> Any {
        budget -= 1
        switch Int.random(in: 0..<(depth < 8 && budget > 0 ? 7 : 5), using: &generator) {
        case 0: return NSNull()
        case 1: return Bool.random(using: &generator)
        case 2: return Int.random(in: -100_000...100_000, using: &generator)
        case 3: return Double.random(in: -1e6...1e6, using: &generator)
        case 4:
            return String(
                (0..<Int.random(in: 0..<9, using: &generator)).map { _ in
                    "ab\"\\\n\t/é€😀\u{1}".randomElement() ?? "a"
                })
        case 5:
            var array: [Any] = []
            for _ in 0..<Int.random(in: 0..<5, using: &generator) {
                array.append(randomValue(depth: depth + 1, &budget, using: &generator))
            }
            return array
        default:
            var object: [String: Any] = [:]
            for index in 0..<Int.random(in: 0..<5, using: &generator) {
                object["k\(index)"] = randomValue(depth: depth + 1, &budget, using: &generator)
            }
            return object
        }
    }

    @Test func numbersAreRoundedAsTheStandardLibraryRoundsThem() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200_000 {
            let digits = Int.random(in: 1...21, using: &generator)
            var text = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            text = String(text.drop { $0 == "0" })
            if text.isEmpty { text = "0" }
            if Bool.random(using: &generator) {
                let place = Int.random(in: 0..<text.count, using: &generator)
                let index = text.index(text.startIndex, offsetBy: place)
                text = (place == 0 ? "0" : String(text[..<index])) + "." + text[index...]
            }
            if Bool.random(using: &generator) { text += "e\(Int.random(in: -40...40, using: &generator))" }
            #expect(try number(text) == Double(text), "\(text)")
        }
    }

    @Test func numbersNearTheMiddleOfTwoAreRoundedToEven() throws {
        for text in [
            "9007199254740993", "9007199254740993.0", "9007199254740992.9999", "900719925474099.35", "0.1",
            "18446744073709551615", "18446744073709551616", "1.7976931348623157e308", "5e-324",
            "2.2250738585072011e-308",
            "0.12941177189350128", "4503599627370497.5", "4503599627370496.5", "9999999999999999999", "1e19",
            "1e-19",
        ] {
            #expect(try number(text) == Double(text), "\(text)")
        }
        #expect(try number("-0").sign == .minus)
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "[1 2]",
        "nul", "tru", "truex",
        "01", "1.", ".5", "-", "+1", "1e", "1e+", "0x1", "NaN", "Infinity", "1e999", "\"", "\"\\",
        "\"\\u12\"", "\"\\ud800\"",
        "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\x\"", "\"\n\"", "'a'", "[1]]", "{} {}", "{\"a\":1,\"a\":2}",
        "\u{FEFF}1",
        "{\"a\":1,\"\\u0061\":2}",
    ])
    func whatIsNoJSONIsRefused(_ json: String) {
        #expect(throws: JSONError.self) { try read(json) }
    }

    @Test func textThatIsNotUTF8IsRefused() {
        for bytes: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect(throws: JSONError.self) { try read(bytes) }
        }
    }

    @Test func whatIsNestedTooDeeplyIsRefused() throws {
        _ = try read(Array((String(repeating: "[", count: 16) + String(repeating: "]", count: 16)).utf8))
        #expect(throws: JSONError.self) {
            try read(Array((String(repeating: "[", count: 17) + String(repeating: "]", count: 17)).utf8))
        }
        #expect(throws: JSONError.self) { try read([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)) }
    }

    @Test func everyTruncationIsRefused() {
        let json = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\n"],"b":{}}"#.utf8)
        for count in 0..<json.count {
            #expect(throws: JSONError.self) { try read(Array(json[..<count])) }
        }
    }

    @Test func writerWritesWhatFoundationReads() throws {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("text", "a\"\\\n\u{1}é😀")
            writer.member("numbers", [0, 9, 10, -3])
            writer.key("floats")
            writer.array { writer in
                for value: Float in [0.1, 1e-5, 16_777_216, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
                {
                    writer.float(value)
                }
            }
            writer.member("none", [Int]())
        }
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(writer.buffer.readableBytesView)) as? [String: Any])
        #expect(object["text"] as? String == "a\"\\\n\u{1}é😀")
        #expect(object["numbers"] as? [Int] == [0, 9, 10, -3])
        let floats = try #require(object["floats"] as? [Double])
        #expect(
            floats.map { Float($0) }
                == [0.1, 1e-5, 16_777_216, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    }
}
