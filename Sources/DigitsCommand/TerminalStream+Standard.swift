package import TerminalGraphics

extension TerminalStream {
    /// Results. Each stream is asked by itself: `digits show > file` still has a terminal for its progress, and
    /// `digits train 2> log` one for its results.
    package static let standardOutput = TerminalStream(descriptor: 1)
    /// Progress, notes and warnings.
    package static let standardError = TerminalStream(descriptor: 2)

    private init(descriptor: Int32) {
        self.init(
            isTerminal: SystemCalls.isTerminal(descriptor),
            terminalColumns: SystemCalls.terminalSize(descriptor).columns,
            terminalRows: SystemCalls.terminalSize(descriptor).rows,
            environment: SystemCalls.environmentVariable
        ) { text throws(OutputFailure) in try SystemCalls.write(text, to: descriptor) }
    }
}
