import ArgumentParser
import Figures
import TerminalGraphics

/// Where a figure goes. The same for every command that can write one.
struct FigureOutput: ParsableArguments {
    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp(
            "Write a figure to this file instead: .png, .svg or .pdf.",
            valueName: "file"),
        completion: .file(extensions: FigureFormat.allCases.map(\.rawValue)))
    var path: String?

    @OptionGroup var replacement: ReplacementOption

    func validate() throws {
        guard let path else { return }
        do throws(FigureError) {
            _ = try FigureFormat(path: path)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Refuses a file that is there already, before any work is done for it.
    func check() throws {
        if let path { try replacement.check(path) }
    }

    /// Writes the figure and says so on standard error, if a file was named; else the figure is not even made.
    /// - Returns: Whether it was written.
    func write(_ figure: @autoclosure () throws -> Figure) throws -> Bool {
        guard let path else { return false }
        try replacement.check(path)
        try figure().write(to: path, replacing: replacement.force)
        TerminalStream.standardError.note("Wrote \(path)")
        return true
    }
}
