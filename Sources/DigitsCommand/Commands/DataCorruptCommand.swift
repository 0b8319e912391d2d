import ArgumentParser
import Assessment
import Datasets
import DigitRecognition
import Figures
import Files
import PlainText
import TerminalGraphics

/// `digits data corrupt`: writes a data set's pictures, corrupted in MNIST-C's ways, as picture files.
///
/// PNG rather than the files of a data set: everything that reads pictures reads them, folders named by labels are what most
/// programs for training expect, and `digits evaluate --mnist-c` needs no files.
struct DataCorruptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrupt",
        abstract: "Writes pictures, corrupted in the fifteen ways of MNIST-C, as PNG.",
        usage: "digits data corrupt <folder> [<options>]",
        discussion: """
            EXAMPLES:
              digits data corrupt mnist-c                     all test pictures in all ways
              digits data corrupt foggy --corruption fog --count 100
              digits read --single foggy/fog/7/*.png

            Number 42, a 4, is FOLDER/CORRUPTION/4/00042.png: grey, light on dark, as MNIST has it. The fifteen:
            \(CommonCorruption.allCases.map(\.rawValue).joined(separator: ", ")).
            'digits evaluate <model> --mnist-c' scores a network on the same pictures without writing them.
            """)

    @Argument(help: "The folder to write into; empty or new.", completion: .directory)
    var folder: String

    @Option(
        name: .customLong("corruption"), parsing: .unconditionalSingleValue,
        help: "One of the fifteen. May be given several times. (default: all)",
        completion: .list(CommonCorruption.allCases.map(\.rawValue)), transform: TypedValue.corruption)
    var corruptions: [CommonCorruption] = []

    @Option(
        parsing: .unconditional,
        help: "Take this many pictures, the first ones. (default: all)", transform: TypedValue.wholeNumber)
    var count: Int?

    @OptionGroup var replacement: ReplacementOption
    @OptionGroup var part: SplitOption
    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func validate() throws {
        if let count, count < 1 {
            throw ValidationError("--count must be at least 1, not \(count).")
        }
        if Set(corruptions).count < corruptions.count {
            throw ValidationError("--corruption names the same one twice. Name each once.")
        }
    }

    func run() async throws {
        let output = try OutputFolder.named(folder, for: "this command", replacing: replacement.force)
        defer { output.discardIfEmpty() }
        let source = options.source()
        if let count { try source.description.check([0...count - 1], of: part.split) }
        let images = try await options.load(part.split, of: source, first: count)
        try CommonCorruption.check(images)

        let line = LiveLines(stream: .standardError)
        defer { line.clear() }
        let corruptions = corruptions.isEmpty ? CommonCorruption.allCases : corruptions
        for corruption in corruptions {
            line.update("Writing \(corruption.rawValue)…")
            try write(images, under: corruption, into: "\(output.path)/\(corruption.rawValue)")
        }
        line.clear()
        try TerminalStream.standardOutput.print(
            "Wrote \(NumberText.grouped(corruptions.count * images.count)) pictures into \(output.path).")
        let example = "\(output.path)/\(corruptions[0].rawValue)/\(images.labels[0])"
        TerminalStream.standardError.note("Next: digits read --single \(ShellText.quoted(example))")
    }

    private func write(
        _ images: LabeledImages, under corruption: CommonCorruption, into folder: String
    ) throws(FileError) {
        if replacement.force { try Self.removePictures(in: folder) }
        for label in Set(images.labels) { try Folder.makeWithParents("\(folder)/\(label)") }
        for place in 0..<images.count {
            let image = corruption.applied(to: images.images[place], place: place)
            let name = NumberText.padded(String(place), to: 5)
            try NewFile.write(
                PNGEncoder.encode(Pixels(image)), to: "\(folder)/\(images.labels[place])/\(name).png",
                replacing: replacement.force)
        }
    }

    /// Takes away the pictures of an earlier call: those of more of them, or of another part, would mix with the new ones.
    private static func removePictures(in folder: String) throws(FileError) {
        guard FileKind.isFolder(folder) else { return }
        for label in try Folder.names(in: folder, for: .create) {
            let pictures = "\(folder)/\(label)"
            // What a link leads to is somewhere else.
            guard FileKind.isFolder(pictures, followsLinks: false) else { continue }
            for name in try Folder.names(in: pictures, for: .create)
            where name.wholeMatch(of: /[0-9]{5,}\.png/) != nil {
                FileSystem.removeFile("\(pictures)/\(name)")
            }
        }
    }
}
