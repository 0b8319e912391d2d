import PlainText
import Testing

@Suite struct TextTableTests {
    @Test func columnsAreAligned() {
        var table = TextTable([.init("Layer"), .init("Parameters", .right)])
        table.append(["conv2d", "640"])
        table.append(["dense", "36,928"])
        #expect(
            table.lines == [
                "Layer    Parameters",
                "───────────────────",
                "conv2d          640",
                "dense        36,928",
            ])
    }

    @Test func noLineEndsInSpaces() {
        var table = TextTable([.init("a"), .init("note")])
        table.append(["1", ""])
        #expect(table.lines.last == "1")
    }
}
