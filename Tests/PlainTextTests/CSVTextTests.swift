import PlainText
import Testing

@Suite struct CSVTextTests {
    @Test(arguments: [
        (["a.png", "1", ""], "a.png,1,\n"), (["a,b.png"], "\"a,b.png\"\n"),
        (["say \"7\""], "\"say \"\"7\"\"\"\n"),
        (["two\nlines", "two\r\nlines"], "\"two\nlines\",\"two\r\nlines\"\n"),
    ])
    func whatWouldEndAValueIsPutInQuotationMarks(values: [String], row: String) {
        #expect(CSVText.row(values) == row)
    }
}
