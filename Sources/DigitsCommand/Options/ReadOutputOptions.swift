import ArgumentParser
import Figures

/// Files that show how pictures were read.
struct ReadOutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Draw the digits over the picture into this file: .png, .svg or .pdf; of several pictures, into this folder. "
                + "Nothing is overwritten.",
            valueName: "file|folder"),
        completion: .file(extensions: FigureFormat.allCases.map(\.rawValue)))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Show what was done to the picture, step by step, on this page: .html; or as PNG files in this folder.",
            valueName: "file|folder"),
        completion: .file(extensions: ["html"]))
    var steps: String?

    @Option(
        help: ArgumentHelp(
            "Draw what speaks for each digit over the picture, as for --output.", valueName: "file|folder"),
        completion: .file(extensions: FigureFormat.allCases.map(\.rawValue)))
    var explain: String?

    /// Whether any is asked for, so that readings need their steps.
    var areAsked: Bool { output != nil || steps != nil || explain != nil }

    func validate() throws {
        for (option, path) in [("--output", output), ("--explain", explain)] {
            try Self.check(option, path, endings: FigureFormat.allCases.map(\.rawValue))
        }
        try Self.check("--steps", steps, endings: ["html"])
        let paths = [output, steps, explain].compactMap { $0 }
        if Set(paths).count < paths.count {
            throw ValidationError(
                "--output, --steps and --explain write to different places. Give each a name of its own.")
        }
    }

    /// A name has one of the endings, or none: then it is a folder's.
    private static func check(_ option: String, _ path: String?, endings: [String]) throws {
        guard let path else { return }
        if path.isEmpty {
            throw ValidationError("\(option) is empty. Name a file or a folder, or leave the option out.")
        }
        if !isFolder(path), !endings.contains(ending(of: path)) {
            let names = endings.map { "." + $0 }
            let list =
                names.count == 1
                ? names[0] : names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
            throw ValidationError(
                "Cannot tell what \(option) \(path) shall be: a file's name must end in \(list), a folder's have no dot."
            )
        }
    }

    /// Whether a path names a folder: by a slash at its end, or no dot in its name.
    static func isFolder(_ path: String) -> Bool {
        path.hasSuffix("/") || !(path.split(separator: "/").last ?? "").drop { $0 == "." }.contains(".")
    }

    private static func ending(of path: String) -> String {
        path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    }
}
