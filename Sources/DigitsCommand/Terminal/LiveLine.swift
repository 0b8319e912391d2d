import Synchronization

/// One line of a terminal that is drawn over again; nothing at all where the stream cannot do that.
///
/// Calls may come from any thread.
package final class LiveLine: Sendable {
    /// Seconds between two drawings: ten a second are smooth to the eye and cost nothing.
    package static let interval = 0.1

    private struct State {
        var lastDrawing = -Double.infinity
        var isDrawn = false
    }

    private let stream: TerminalStream
    private let now: @Sendable () -> Double
    private let state = Mutex(State())

    /// Makes a line that is not drawn yet.
    /// - Parameter now: Seconds since any fixed moment.
    package init(
        stream: TerminalStream, now: @escaping @Sendable () -> Double = MonotonicTime.seconds
    ) {
        self.stream = stream
        self.now = now
    }

    /// Characters that a drawing may have. A full last column would make some terminals wrap.
    package var width: Int { (stream.columns ?? 80) - 1 }

    /// Draws the text, unless the last drawing is less than `interval` ago. Longer text is cut at `width`.
    package func update(_ text: @autoclosure () -> String) {
        guard stream.isLive else { return }
        state.withLock { state in
            let time = now()
            guard time - state.lastDrawing >= Self.interval else { return }
            state.lastDrawing = time
            state.isDrawn = true
            stream.report("\r" + text().prefix(width) + "\u{1B}[K")
        }
    }

    /// Replaces the line by a finished one, which stays. Writes it on a stream without live lines as well.
    package func finish(with line: String) {
        clear()
        stream.note(line)
    }

    /// Takes the line away.
    package func clear() {
        state.withLock { state in
            if state.isDrawn { stream.report("\r\u{1B}[K") }
            state = State()
        }
    }
}

/// A clock that never goes back.
package enum MonotonicTime {
    private static let start = ContinuousClock.now

    /// Seconds since this clock was first asked.
    package static func seconds() -> Double { (ContinuousClock.now - start) / .seconds(1) }
}
