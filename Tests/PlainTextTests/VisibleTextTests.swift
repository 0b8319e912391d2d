import PlainText
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("scan 7.png", "scan 7.png"), ("Größe – 数字 👩‍🎨.png", "Größe – 数字 👩‍🎨.png"),
        ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("a\nb\r\nc\t", "a\\u{A}b\\u{D}\\u{A}c\\u{9}"),
        ("\u{9B}7m\u{7F}", "\\u{9B}7m\\u{7F}"), ("gpj.\u{202E}exe", "gpj.\\u{202E}exe"), ("", ""),
    ])
    func whatATerminalWouldObeyIsWritten(text: String, expected: String) {
        #expect(text.visible == expected)
        #expect(text.visible.visible == expected)
    }

    @Test(arguments: [
        ("\u{1B}[38;5;16;48;5;231m▀\u{1B}[0m", "\u{1B}[38;5;16;48;5;231m▀\u{1B}[0m"),
        ("\u{1B}[m", "\u{1B}[m"), ("a\tb\n", "a\tb\n"),
        ("\u{1B}[2J\u{1B}[1;31m", "\\u{1B}[2J\u{1B}[1;31m"),
        ("\u{1B}]0;title\u{7}", "\\u{1B}]0;title\\u{7}"), ("\u{1B}", "\\u{1B}"), ("\u{1B}[", "\\u{1B}["),
        ("\u{1B}[31", "\\u{1B}[31"), ("\u{9B}31m", "\\u{9B}31m"), ("\u{1B}\u{1B}[0m", "\\u{1B}\u{1B}[0m"),
        ("", ""),
    ])
    func ofADrawingColoursStay(text: String, expected: String) {
        #expect(text.visibleDrawing == expected)
    }

    @Test func linesStayLines() {
        #expect("a\u{7}\n\nb\n".visibleLines == "a\\u{7}\n\nb\n")
    }
}
