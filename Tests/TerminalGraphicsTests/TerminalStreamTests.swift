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

    @Test func whatATerminalWouldObeyIsWrittenButColoursStay() throws {
        let file = WrittenText()
        let stream = file.stream(isTerminal: true)
        try stream.print("\u{1B}[38;5;16m▀\u{1B}[0m a\u{1B}[2J\u{9B}7m\u{1B}[31")
        try stream.print(lines: ["b\u{7}", "c"])
        try stream.print(exactly: "d\u{1B}[0m")
        stream.note("e\u{1B}[0m")
        #expect(
            file.text
                == "\u{1B}[38;5;16m▀\u{1B}[0m a\\u{1B}[2J\\u{9B}7m\\u{1B}[31\nb\\u{7}\nc\nd\\u{1B}[0m\ne\\u{1B}[0m\n"
        )
    }

    @Test func programsGetALineAsItIs() throws {
        let file = WrittenText()
        try file.stream(isTerminal: false).print(exactly: "a\u{1B}[0m")
        #expect(file.text == "a\u{1B}[0m\n")
    }

    @Test func textBreaksBetweenWordsAndCommandsStayWhole() throws {
        let file = WrittenText()
        let stream = file.stream(isTerminal: true, columns: 24)
        try stream.print(lines: ["  The model is in runs/a/model.safetensors."])
        try stream.print("{\"text\": \"as long as it is\"}")
        stream.note(
            "digits: Interrupted after 3 epochs.\nNext: digits evaluate runs/a/model.safetensors\n      digits predict x --index 7"
        )
        #expect(
            file.text == """
                  The model is in
                    runs/a/model.safetensors.
                {"text": "as long as it is"}
                digits: Interrupted
                  after 3 epochs.
                Next: digits evaluate runs/a/model.safetensors
                      digits predict x --index 7

                """)
    }

    @Test func nothingBreaksWhereNothingLimitsIt() throws {
        let file = WrittenText()
        let line = String(repeating: "word ", count: 100)
        try file.stream(isTerminal: false, columns: nil).print(lines: [line])
        #expect(file.text == line + "\n")
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
