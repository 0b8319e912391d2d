import Synchronization
import TerminalGraphics
import Testing

@Suite struct LiveLinesTests {
    /// Each call a second after the last, so that no drawing comes too soon.
    private static func clock() -> @Sendable () -> Double {
        let seconds = Counter(0)
        return {
            seconds.value.withLock { value in
                value += 1
                return Double(value)
            }
        }
    }

    private final class Counter: Sendable {
        let value: Mutex<Int>
        init(_ value: Int) { self.value = Mutex(value) }
    }

    private func screen(_ file: WrittenText, columns: Int = 40) -> [String] {
        var screen = Screen(columns: columns)
        screen.write(file.text)
        return screen.lines
    }

    @Test func linesAreDrawnInThePlaceOfTheLastOnes() throws {
        let file = WrittenText()
        let lines = LiveLines(stream: file.stream(isTerminal: true), now: Self.clock())
        lines.update("first text", above: ["long above", "same"])
        lines.update("text", above: ["above", "same"])
        #expect(screen(file) == ["above", "same", "text"])
        lines.update("text", above: ["1", "2", "3"])
        #expect(screen(file) == ["1", "2", "3", "text"])
        lines.update("alone")
        #expect(screen(file) == ["alone"])
        lines.update("again", above: ["1", "2"])
        lines.clear()
        #expect(screen(file) == [""])
    }

    @Test func linesAboveTheFirstChangedOneAreNotWrittenAgain() throws {
        let file = WrittenText()
        let lines = LiveLines(stream: file.stream(isTerminal: true), now: Self.clock())
        lines.update("1 %", above: ["chart", "axis"])
        let before = file.text.count
        lines.update("2 %", above: ["chart", "axis"])
        #expect(file.text.dropFirst(before) == "\r2 %\u{1B}[K")
        lines.update("3 %", above: ["chart", "other"])
        #expect(file.text.dropFirst(before).contains("\u{1B}[1Aother\u{1B}[K\n3 %"))
        #expect(screen(file) == ["chart", "other", "3 %"])
    }

    @Test func finishedLinesStayAboveTheLiveOnes() throws {
        let file = WrittenText()
        let lines = LiveLines(stream: file.stream(isTerminal: true), now: Self.clock())
        lines.finish(with: ["before"])
        lines.update("bar", above: ["chart", "axis"])
        lines.finish(with: ["Epoch 1"], keeping: ["chart", "axis"])
        #expect(screen(file) == ["before", "Epoch 1", "chart", "axis"])
        lines.update("bar", above: ["chart", "axis"])
        #expect(screen(file) == ["before", "Epoch 1", "chart", "axis", "bar"])
        lines.finish(with: ["end"])
        #expect(screen(file) == ["before", "Epoch 1", "end", ""])
    }

    @Test func aFinishedLineLongerThanARowLeavesNothingOfWhatItRunsOver() throws {
        let file = WrittenText()
        let lines = LiveLines(stream: file.stream(isTerminal: true, columns: 20), now: Self.clock())
        lines.update("bar", above: ["a chart of 18 char", "another, as long.."])
        lines.finish(with: ["twenty-two-characters."], keeping: ["a", "b"])
        #expect(screen(file, columns: 20) == ["twenty-two-character", "s.", "a", "b"])
    }

    @Test func aTerminalThatBecameNarrowerKeepsNoRemains() throws {
        let file = WrittenText()
        let width = Counter(30)
        let stream = file.stream(isTerminal: true, columns: width.value.withLock { $0 })
        let lines = LiveLines(stream: stream, now: Self.clock())
        lines.finish(with: ["before"])
        lines.update("a bar of 25 characters...", above: ["\u{1B}[38;5;33ma chart of 22 characters\u{1B}[0m"])
        var screen = Screen(columns: 30)
        screen.write(file.text)
        let before = file.text.count
        width.value.withLock { $0 = 12 }
        screen = screen.resized(to: 12)
        #expect(screen.lines.count == 6, "Each of the two is broken.")
        lines.update("bar", above: ["chart"])
        screen.write(String(file.text.dropFirst(before)))
        #expect(screen.lines == ["before", "chart", "bar"])
    }

    @Test func aFileGetsTheFinishedLinesAlone() throws {
        let file = WrittenText()
        let lines = LiveLines(stream: file.stream(isTerminal: false), now: Self.clock())
        lines.update("bar", above: ["chart"])
        lines.finish(with: ["Epoch 1", "more"], keeping: ["chart"])
        lines.clear()
        #expect(file.text == "Epoch 1\nmore\n")
    }

    @Test func colorsTakeNoRoom() {
        #expect("\u{1B}[38;5;33m●\u{1B}[0m am".visibleCount == 4)
        #expect("moment".visibleCount == 6)
    }
}
