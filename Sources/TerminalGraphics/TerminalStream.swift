import PlainText

/// Where text goes, and what can be shown there. What it knows and how it writes is handed in.
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

    /// True where a line may be drawn over again: a terminal that is not dumb, without `NO_COLOR`.
    package let isLive: Bool
    /// The colours that may be used.
    package let colors: ColorDepth
    private let isTerminal: Bool
    /// The width that the user wishes.
    private let wishedColumns: Int?
    private let terminalColumns: @Sendable () -> Int?
    private let terminalRows: @Sendable () -> Int?
    private let write: @Sendable (String) throws(OutputFailure) -> Void

    /// Makes a stream from facts.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether text is written to a terminal.
    ///   - terminalColumns: The width that the terminal tells whenever it is asked; 80 is assumed where it tells none.
    ///   - terminalRows: The height that it tells.
    ///   - environment: Looks up `NO_COLOR`, `TERM`, `COLORTERM` and `COLUMNS`.
    ///   - write: Writes all of a text; from any thread.
    package init(
        isTerminal: Bool, terminalColumns: @autoclosure @escaping @Sendable () -> Int?,
        terminalRows: @autoclosure @escaping @Sendable () -> Int? = nil, environment: (String) -> String?,
        write: @escaping @Sendable (String) throws(OutputFailure) -> Void
    ) {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        let terminal = value("TERM") ?? "dumb"
        isLive = isTerminal && terminal != "dumb" && value("NO_COLOR") == nil
        self.isTerminal = isTerminal
        wishedColumns = value("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        self.terminalColumns = terminalColumns
        self.terminalRows = terminalRows
        self.write = write
        colors =
            isLive
            ? Self.colors(terminal: terminal, colorTerminal: value("COLORTERM")) : .none
    }

    /// The width in characters at this moment; nil where nothing limits it, as in a file.
    package var columns: Int? { wishedColumns ?? (isTerminal ? terminalColumns() ?? 80 : nil) }

    /// The height in characters at this moment; nil where nothing limits it or it is not known.
    package var rows: Int? { isTerminal ? terminalRows() : nil }

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
    /// Writes a line of results. It may have colours; what else a terminal would obey is written as `\u{1B}`, because names
    /// may be anything.
    /// - Throws: `OutputFailure` where it cannot be written; a result that nobody got is a failure.
    package func print(_ line: String = "") throws(OutputFailure) {
        try write(line.visibleDrawing + "\n")
    }

    /// Writes lines of results for people: what is wider than the terminal breaks between words.
    /// - Throws: `OutputFailure` as `print` does.
    package func print(lines: [String]) throws(OutputFailure) {
        if !lines.isEmpty { try print(fitted(lines, to: columns).joined(separator: "\n")) }
    }

    /// Writes a line for programs: as it is, unless a terminal would obey it.
    /// - Throws: `OutputFailure` as `print` does.
    package func print(exactly line: String) throws(OutputFailure) {
        try write((isTerminal ? line.visible : line) + "\n")
    }

    /// Writes progress or a note as it is. Nothing is lost where that fails, so nothing is thrown.
    package func report(_ text: String) {
        try? write(text)
    }

    /// Writes a note and ends the line. What it names may be called anything: a note has no colours. What is wider than the
    /// terminal breaks between words, but for commands: they are there to be copied.
    package func note(_ line: String) {
        report(noteLines([line.visibleLines]).joined(separator: "\n") + "\n")
    }

    /// The lines of notes, none wider than the terminal. A full last column would make some terminals wrap.
    func noteLines(_ notes: [String]) -> [String] { fitted(notes, to: columns.map { $0 - 1 }) }

    /// The lines, broken where they are wider than the terminal. A line behind a break stands a little further in.
    private func fitted(_ texts: [String], to columns: Int?) -> [String] {
        guard let columns else { return texts }
        return texts.flatMap(\.lines).flatMap { line in
            let isCommand = line.hasPrefix("Next: ") || line.hasPrefix("      ")
            let indentation = line.prefix { $0 == " " }.count + 2
            return isCommand ? [line] : line.wrapped(to: columns, indentation: indentation).lines
        }
    }
}

extension String {
    fileprivate var lines: [String] {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }
}

/// Results could not be written, for instance because the disk is full.
package struct OutputFailure: Error, CustomStringConvertible {
    /// The system's reason.
    package let reason: String
    /// Whether nobody reads any more, as after `| head -1`: nothing has gone wrong.
    package let isUnread: Bool

    /// Keeps a reason.
    package init(reason: String, isUnread: Bool = false) {
        self.reason = reason
        self.isUnread = isUnread
    }

    package var description: String { "The output could not be written: \(reason)." }
}
