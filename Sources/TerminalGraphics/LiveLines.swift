import PlainText
import Synchronization

/// Some lines at the end of a terminal that are drawn over again; nothing at all where the stream cannot do that.
///
/// Each drawing is one write, and of lines that are as they were only those below a changed one are written: nothing
/// flickers. Calls may come from any thread.
package final class LiveLines: Sendable {
    /// Seconds between two drawings: ten a second are smooth to the eye and cost nothing.
    package static let interval = 0.1

    private struct State {
        var lastDrawing = -Double.infinity
        /// What stands on the screen; the cursor is behind the last line.
        var drawn: [String] = []
    }

    private let stream: TerminalStream
    private let now: @Sendable () -> Double
    private let state = Mutex(State())

    /// Makes lines that are not drawn yet.
    /// - Parameter now: Seconds since any fixed moment.
    package init(
        stream: TerminalStream, now: @escaping @Sendable () -> Double = MonotonicTime.seconds
    ) {
        self.stream = stream
        self.now = now
    }

    /// Characters that a line may have. A full last column would make some terminals wrap.
    package var width: Int { (stream.columns ?? 80) - 1 }

    /// Draws a text without colours, unless the last drawing is less than `interval` ago. Longer text is cut at `width`.
    /// - Parameter above: Lines that stand above it. They may have colours, and are no longer than `width`.
    package func update(_ text: @autoclosure () -> String, above: @autoclosure () -> [String] = []) {
        guard stream.isLive else { return }
        state.withLock { state in
            let time = now()
            guard time - state.lastDrawing >= Self.interval else { return }
            state.lastDrawing = time
            let lines = above() + [String(text().visible.prefix(width))]
            stream.report(redrawing(state.drawn, as: lines))
            state.drawn = lines
        }
    }

    /// Replaces the lines by finished ones, which stay and may have colours. Writes those on a stream without live lines as
    /// well.
    /// - Parameter keeping: Live lines that follow below.
    package func finish(with finished: [String], keeping: [String] = []) {
        guard stream.isLive else { return finished.forEach(stream.note) }
        let finished = stream.noteLines(finished.map(\.visibleDrawing))
        state.withLock { state in
            let rows = rows(of: state.drawn)
            var text = rows > 0 ? "\r" + Self.up(rows - 1) : ""
            // Behind the line, which may be longer than a row: what it runs over goes as well.
            for line in finished { text += line + (rows > 0 ? Self.eraseLine : "") + "\n" }
            text += keeping.map { $0 + Self.eraseLine }.joined(separator: "\n")
            if rows > finished.count + keeping.count { text += Self.eraseBelow }
            stream.report(text)
            state = State(drawn: keeping)
        }
    }

    /// Takes the lines away.
    package func clear() { finish(with: []) }

    /// What turns the lines on the screen into others.
    private func redrawing(_ drawn: [String], as lines: [String]) -> String {
        let rows = rows(of: drawn)
        // Where the terminal was made narrower, lines have been broken.
        let equal = rows == drawn.count ? zip(drawn, lines).prefix { $0 == $1 }.count : 0
        let first = min(equal, lines.count - 1)
        let start =
            first > 0 && first == drawn.count ? "\n" : "\r" + Self.up(max(rows, 1) - 1 - first)
        let end = rows > lines.count ? Self.eraseBelow : ""
        return start + lines[first...].map { $0 + Self.eraseLine }.joined(separator: "\n") + end
    }

    /// How many rows of the screen lines take.
    private func rows(of lines: [String]) -> Int {
        let columns = stream.columns ?? 80
        return lines.reduce(0) { $0 + max(1, ($1.visibleCount + columns - 1) / columns) }
    }

    private static let eraseLine = "\u{1B}[K"
    private static let eraseBelow = "\u{1B}[J"

    private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)A" : "" }
}

extension String {
    /// Characters that are seen: all but the sequences that set colours.
    package var visibleCount: Int {
        var count = 0
        var isHidden = false
        for character in self {
            if character == "\u{1B}" { isHidden = true }
            if !isHidden { count += 1 }
            if character == "m" { isHidden = false }
        }
        return count
    }
}

/// A clock that never goes back.
package enum MonotonicTime {
    private static let start = ContinuousClock.now

    /// Seconds since this clock was first asked.
    package static func seconds() -> Double { (ContinuousClock.now - start) / .seconds(1) }
}
