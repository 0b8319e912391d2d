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

    @Test func linesStayLines() {
        #expect("a\u{7}\n\nb\n".visibleLines == "a\\u{7}\n\nb\n")
    }
}
