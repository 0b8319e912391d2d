/// Standard output or standard error, and what can be shown there.
///
/// Each stream is asked by itself: `digits show > file` still has a terminal for its progress, and
/// `digits train 2> log` one for its results.
package struct TerminalStream: Sendable {
    /// How many colours the stream shows.
    package enum ColorDepth: Sendable, Equatable {
        /// None: the stream is no terminal, or colour is not wanted, or the terminal has too few colours for greys.
        case none
        /// The 256-colour palette, which has 24 greys, black and white.
        case indexed
        /// Any colour.
        case trueColor
    }

    /// The file descriptor that is written to.
    package let descriptor: Int32
    /// True where a line may be drawn over again: a terminal that is not dumb, without `NO_COLOR`.
    package let isLive: Bool
    /// The colours that may be used.
    package let colors: ColorDepth
    private let isTerminal: Bool
    /// The width that the user wishes.
    private let wishedColumns: Int?
    private let terminalColumns: @Sendable () -> Int?
    private let terminalRows: @Sendable () -> Int?

    /// Makes a stream from facts.
    ///
    /// - Parameters:
    ///   - descriptor: Where text is written.
    ///   - isTerminal: Whether that is a terminal.
    ///   - terminalColumns: The width that the terminal tells whenever it is asked; 80 is assumed where it tells none.
    ///   - terminalRows: The height that it tells.
    ///   - environment: Looks up `NO_COLOR`, `TERM`, `COLORTERM` and `COLUMNS`.
    package init(
        descriptor: Int32, isTerminal: Bool, terminalColumns: @autoclosure @escaping @Sendable () -> Int?,
        terminalRows: @autoclosure @escaping @Sendable () -> Int? = nil, environment: (String) -> String?
    ) {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        let terminal = value("TERM") ?? "dumb"
        self.descriptor = descriptor
        isLive = isTerminal && terminal != "dumb" && value("NO_COLOR") == nil
        self.isTerminal = isTerminal
        wishedColumns = value("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        self.terminalColumns = terminalColumns
        self.terminalRows = terminalRows
        colors =
            isLive
            ? Self.colors(terminal: terminal, colorTerminal: value("COLORTERM")) : .none
    }

    /// The width in characters at this moment; nil where nothing limits it, as in a file.
    package var columns: Int? { wishedColumns ?? (isTerminal ? terminalColumns() ?? 80 : nil) }

    /// The height in characters at this moment; nil where nothing limits it or it is not known.
    package var rows: Int? { isTerminal ? terminalRows() : nil }

    /// Results.
    package static let standardOutput = TerminalStream(descriptor: 1)
    /// Progress, notes and warnings.
    package static let standardError = TerminalStream(descriptor: 2)

    private init(descriptor: Int32) {
        self.init(
            descriptor: descriptor, isTerminal: SystemCalls.isTerminal(descriptor),
            terminalColumns: SystemCalls.terminalSize(descriptor).columns,
            terminalRows: SystemCalls.terminalSize(descriptor).rows,
            environment: SystemCalls.environmentVariable)
    }

    private static func colors(terminal: String, colorTerminal: String?) -> ColorDepth {
        if colorTerminal == "truecolor" || colorTerminal == "24bit" || terminal.hasSuffix("-direct") {
            return .trueColor
        }
        // Terminals whose default entry promises few colours although every living version has 256.
        let families = [
            "xterm", "screen", "tmux", "rxvt", "alacritty", "kitty", "foot", "wezterm", "konsole",
            "gnome", "vte", "iterm", "st-",
        ]
        let hasPalette =
            terminal.hasSuffix("256color")
            || families.contains { terminal.lowercased().hasPrefix($0) }
        return hasPalette ? .indexed : .none
    }
}

extension TerminalStream {
    /// Writes a line of results.
    /// - Throws: `OutputFailure` where it cannot be written; a result that nobody got is a failure.
    package func print(_ line: String = "") throws(OutputFailure) {
        try SystemCalls.write(line + "\n", to: descriptor)
    }

    /// Writes lines of results.
    /// - Throws: `OutputFailure` as `print` does.
    package func print(lines: [String]) throws(OutputFailure) {
        if !lines.isEmpty { try print(lines.joined(separator: "\n")) }
    }

    /// Writes progress or a note as it is. Nothing is lost where that fails, so nothing is thrown.
    package func report(_ text: String) {
        try? SystemCalls.write(text, to: descriptor)
    }

    /// Writes a note and ends the line.
    package func note(_ line: String) { report(line + "\n") }
}
