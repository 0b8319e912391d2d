import ArgumentParser
import Figures
import Files
import PlainText

/// Files that show how pictures were read.
struct ReadFileOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Draw the digits over the picture into this file: .png, .svg or .pdf; of several pictures, into this folder.",
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

    @OptionGroup var replacement: ReplacementOption

    /// What can be shown, by its option.
    enum Kind: String, CaseIterable {
        case output = "--output"
        case steps = "--steps"
        case explain = "--explain"
    }

    /// What is asked for, and where it goes.
    var paths: [(kind: Kind, path: String)] {
        zip(Kind.allCases, [output, steps, explain]).compactMap { kind, path in path.map { (kind, $0) } }
    }

    /// Whether any is asked for, so that readings need their steps.
    var areAsked: Bool { !paths.isEmpty }

    func validate() throws {
        for (kind, path) in paths {
            if path.isEmpty {
                throw ValidationError(
                    "\(kind.rawValue) is empty. Name a file or a folder, or leave the option out.")
            }
            if path == "-" {
                throw ValidationError(
                    "\(kind.rawValue) writes files and not to standard output. Name a file or a folder.")
            }
            if !Self.isFolder(path), !kind.writesFile(at: path) {
                let endings = kind == .steps ? ["html"] : FigureFormat.allCases.map(\.rawValue)
                let names = endings.map { "." + $0 }
                let list =
                    names.count == 1
                    ? names[0] : names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
                throw ValidationError(
                    "Cannot tell what \(kind.rawValue) \(path) shall be: a file's name must end in \(list). "
                        + "For a folder of that name give \(path)/.")
            }
        }
        if Set(paths.map { Self.place($0.path) }).count < paths.count {
            throw ValidationError(
                "--output, --steps and --explain write to different places. Give each a name of its own.")
        }
    }

    /// Whether a path names a folder: by a slash at its end, or no dot in its name.
    static func isFolder(_ path: String) -> Bool {
        path.hasSuffix("/") || !(path.split(separator: "/").last ?? "").drop { $0 == "." }.contains(".")
    }

    /// The same for all ways to write a path that differ in slashes and dots alone.
    private static func place(_ path: String) -> [Substring] {
        (path.hasPrefix("/") ? ["/"] : []) + path.split(separator: "/").filter { $0 != "." }
    }
}

extension ReadFileOptions {
    /// Whether something is written to a path.
    func writes(to path: String) -> Bool { paths.contains { Self.place($0.path) == Self.place(path) } }

    /// Refuses what would fail when pictures have been read: one file for several, a file that exists, a format that cannot be drawn.
    func check(sourceCount: Int) throws {
        let files = paths.filter { !Self.isFolder($0.path) }
        if sourceCount > 1, let kind = files.first?.kind {
            throw CommandFailure.misuse(
                "\(kind.rawValue) names one file, but there are \(NumberText.grouped(sourceCount)) pictures. "
                    + "Name a folder, as in \(kind.rawValue) \(kind.folderExample).")
        }
        for (_, path) in files { try replacement.check(path) }
        for (_, path) in paths {
            // Folders get PNG files; pages are no figures.
            let format = Self.isFolder(path) ? .png : try? FigureFormat(path: path)
            try format?.requireUsable()
        }
    }
}

extension ReadFileOptions.Kind {
    /// Whether a file of such a name can be written.
    fileprivate func writesFile(at path: String) -> Bool {
        self == .steps ? path.lowercased().hasSuffix(".html") : (try? FigureFormat(path: path)) != nil
    }

    /// A name for a folder.
    fileprivate var folderExample: String {
        switch self {
        case .output: "annotated"
        case .steps: "steps"
        case .explain: "explained"
        }
    }
}
