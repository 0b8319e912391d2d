import PlainText
import Testing

@Suite struct JSONTextTests {
    @Test func membersKeepTheirOrder() {
        let value = JSONText.object([("b", 1), ("a", .array([true, .null, "x"]))])
        #expect(value.text == #"{"b":1,"a":[true,null,"x"]}"#)
    }

    @Test func aDocumentHasALineForEachMember() {
        let value = JSONText.object([("b", 1), ("a", .array([2, 3]))])
        #expect(value.document == "{\n  \"b\": 1,\n  \"a\": [2,3]\n}\n")
        #expect(JSONText.integer(7).document == "7\n")
    }

    @Test(arguments: [
        ("\"\\", #""\"\\""#), ("\n\r\t\u{8}\u{C}", #""\n\r\t\b\f""#), ("\u{0}\u{1F}", #""\u0000\u001f""#),
        ("\u{7F}\u{9B}2J\u{2028}\u{202E}", #""\u007f\u009b2J\u2028\u202e""#),
        ("é🙂", "\"é🙂\""),
    ])
    func stringsAreEscaped(string: String, text: String) {
        #expect(JSONText.string(string).text == text)
    }

    @Test(arguments: [
        (2.0, "2"), (0.1, "0.1"), (-1.5e-9, "-1.5e-09"), (1e100, "1e+100"), (.nan, "null"),
        (.infinity, "null"),
    ])
    func numbersAreTheShortestThatReadBack(number: Double, text: String) {
        #expect(JSONText.number(number).text == text)
    }

    @Test func singlePrecisionHasItsOwnShortestForm() {
        #expect(JSONText.float(0.1).text == "0.1")
        #expect(JSONText.float(1).text == "1")
        #expect(JSONText.float(.nan).text == "null")
    }
}
