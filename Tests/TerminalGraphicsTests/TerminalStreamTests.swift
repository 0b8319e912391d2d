import TerminalGraphics
import Testing

@Suite struct TerminalStreamTests {
    private func stream(
        isTerminal: Bool = true, columns: Int? = 100, _ environment: [String: String]
    ) -> TerminalStream {
        WrittenText().stream(isTerminal: isTerminal, columns: columns, environment: environment)
    }

    @Test func aFileHasNoColorNoLiveLinesAndNoWidth() {
        let file = stream(isTerminal: false, columns: nil, ["TERM": "xterm-256color"])
        #expect(file.colors == .none)
        #expect(!file.isLive)
        #expect(file.columns == nil)
    }

    @Test(arguments: [
        ("xterm-256color", "", TerminalStream.ColorDepth.indexed),
        ("xterm", "", .indexed),
        ("tmux", "", .indexed),
        ("xterm-256color", "truecolor", .trueColor),
        ("linux", "24bit", .trueColor),
        ("xterm-direct", "", .trueColor),
        ("linux", "", .none),
        ("vt100", "", .none),
    ])
    func colorsFollowTheTerminal(
        terminal: String, colorTerminal: String, expected: TerminalStream.ColorDepth
    ) {
        let colors = stream(["TERM": terminal, "COLORTERM": colorTerminal]).colors
        #expect(colors == expected)
    }

    @Test(arguments: [
        ["TERM": "dumb"], [:], ["TERM": "xterm-256color", "NO_COLOR": "1"],
        ["TERM": "dumb", "COLORTERM": "truecolor"],
    ])
    func dumbTerminalsAndNoColorAreDrawnPlainly(environment: [String: String]) {
        let plain = stream(environment)
        #expect(plain.colors == .none)
        #expect(!plain.isLive)
    }

    @Test func anEmptyNoColorIsNotSet() {
        #expect(stream(["TERM": "xterm", "NO_COLOR": ""]).isLive)
    }

    @Test func columnsVariableWinsOverTheTerminal() {
        #expect(stream(["COLUMNS": "60"]).columns == 60)
        #expect(stream(isTerminal: false, columns: nil, ["COLUMNS": "60"]).columns == 60)
    }

    @Test(arguments: ["", "0", "-3", "wide"])
    func nonsenseInColumnsIsIgnored(value: String) {
        #expect(stream(["COLUMNS": value]).columns == 100)
    }

    @Test func aTerminalThatTellsNoWidthHasEighty() {
        #expect(stream(columns: nil, [:]).columns == 80)
    }

    @Test func resultsThatNobodyGetsAreAFailureAndNotesAreNot() {
        let broken = TerminalStream(isTerminal: false, terminalColumns: nil) { _ in
            nil
        } write: { _ throws(OutputFailure) in
            throw OutputFailure(reason: "No space left on device")
        }
        #expect(throws: OutputFailure.self) { try broken.print("lost") }
        broken.note("a lost note is no failure")
    }
}
