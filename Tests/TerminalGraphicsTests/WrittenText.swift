import Synchronization
import TerminalGraphics

/// Collects what is written to its streams.
final class WrittenText: Sendable {
    private let written = Mutex("")

    /// All that was written.
    var text: String { written.withLock { $0 } }

    /// A stream that writes here and claims to be a terminal, or not.
    func stream(
        isTerminal: Bool, columns: @autoclosure @escaping @Sendable () -> Int? = 200,
        environment: [String: String] = ["TERM": "xterm-256color"]
    ) -> TerminalStream {
        TerminalStream(isTerminal: isTerminal, terminalColumns: columns()) {
            environment[$0]
        } write: { text throws(OutputFailure) in
            self.written.withLock { $0 += text }
        }
    }
}
