import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import TerminalGraphics

/// `digits show`: draws pictures of a data set with their labels, as stored and normalised.
struct ShowCommand: AsyncParsableCommand {
    private static let usualSeed: UInt64 = 1

    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Draws pictures of a data set with their labels.",
        usage: "digits show [--index <index> ... | --grid <rows>x<columns>] [<options>]",
        discussion: """
            EXAMPLES:
              digits show --index 7                      one test picture
              digits show --index 7 --normalization l2   before and after
              digits show --index 0-9,42                 several
              digits show --grid 4x8 --split train       the first 32 training pictures
              digits show --class 7 --random             sevens; --seed chooses others
              digits show --grid 4x8 --from 1000         the 32 from number 1,000 on
              digits show --grid 4x8 --output grid.png   as a file: .png, .svg or .pdf
              digits show --augmented --split train      as training sees them
            """)

    @OptionGroup var index: IndexOption

    @Option(
        help: ArgumentHelp(
            "Rows and columns of a grid of pictures. (default: 2x8)", valueName: "rows>x<columns"),
        transform: TypedValue.grid)
    var grid: GridSize?

    @OptionGroup var selection: PictureSelection

    @OptionGroup var part: SplitOption

    @Option(
        help:
            "Draw the pictures after this normalisation, too: \(Normalization.textForms.joined(separator: ", ")). (default: none)",
        completion: .list(Normalization.textForms), transform: TypedValue.normalization)
    var normalization = Normalization.none

    @Flag(help: "Draw each picture as stored and as the first epochs of training with --augmentation see it.")
    var augmented = false

    @Option(
        help: ArgumentHelp(
            "With --augmented, how pictures are distorted: \(TypedValue.augmentationForms). (default: standard)"
        ),
        completion: .list(Augmentation.textForms), transform: TypedValue.augmentation)
    var augmentation: Augmentation?

    @Option(
        parsing: .unconditional,
        help:
            "With --random, what the choice follows from; with --augmented, the training's seed. (default: 1)",
        transform: TypedValue.seed)
    var seed: UInt64?

    @OptionGroup var output: FigureOutput
    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func validate() throws {
        if !index.ranges.isEmpty, let option = selection.typed {
            throw ValidationError("--index and \(option) exclude each other. Give one of them.")
        }
        if !index.ranges.isEmpty && grid != nil {
            throw ValidationError("--index and --grid exclude each other. Give one of them.")
        }
        if augmented {
            if normalization != .none {
                throw ValidationError("--augmented and --normalization exclude each other. Give one of them.")
            }
            try (augmentation ?? .standard).check()
            if let grid, grid.columns < 2 {
                throw ValidationError(
                    "--augmented needs a grid of at least 2 columns, one for the picture as stored, not \(grid.columns)."
                )
            }
        } else if augmentation != nil {
            throw ValidationError(
                "--augmentation says how pictures are distorted. Add --augmented, or leave it out.")
        } else if seed != nil && !selection.random {
            throw ValidationError(
                "--seed says which pictures are chosen or how they are distorted. "
                    + "Add --random or --augmented, or leave it out.")
        }
    }

    func run() async throws {
        try output.check()
        let source = options.source()
        let dataset = source.description
        if augmented { return try await showAugmented(source) }
        let grid = index.ranges.isEmpty ? grid ?? GridSize(rows: 2, columns: 8) : nil
        if let grid { try dataset.check(grid, of: part.split) }
        let (images, indices) = try await chosen(grid?.count ?? 0, of: source)
        let report = ImageReport(
            dataset: dataset, split: part.split, images: images, normalization: normalization)
        if try output.write(report.figure(indices, columns: grid?.columns ?? 10)) { return }
        let screen = TerminalStream.standardOutput
        if let grid {
            let isChosen = selection.typed != nil
            let title = selection.title(indices.count, of: part.split, dataset, seed: seed ?? Self.usualSeed)
            try screen.print(
                lines: report.grid(
                    indices, title: isChosen ? title : nil, columns: grid.columns, on: screen))
            if isChosen {
                // As --index takes them.
                try screen.print("Their numbers: \(indices.map(String.init).joined(separator: ","))\n")
            }
        } else {
            for index in indices { try screen.print(lines: report.lines(index, on: screen)) }
        }
        TerminalStream.standardError.note("Next: \(suggestion)")
    }

    /// A row for each picture: as stored, then an epoch in each column.
    private func showAugmented(_ source: any DatasetSource) async throws {
        let dataset = source.description
        let size = grid ?? GridSize(rows: 3, columns: 8)
        let (images, indices) = try await chosen(size.rows, of: source)
        let report = AugmentationReport(
            images: ImageReport(
                dataset: dataset, split: part.split, images: images, normalization: .none),
            augmentation: augmentation ?? .standard, seed: seed ?? Self.usualSeed, epochs: size.columns - 1)
        if try output.write(report.figure(indices)) { return }
        let screen = TerminalStream.standardOutput
        try screen.print(lines: report.lines(indices, on: screen))
        TerminalStream.standardError.note(
            "Next: digits train --augmentation \(report.augmentation)\(options.arguments)")
    }

    /// The pictures that are numbered, else those that the selection chooses, and no more images than these need.
    /// - Parameter count: How many are to be chosen.
    private func chosen(
        _ count: Int, of source: any DatasetSource
    ) async throws -> (images: LabeledImages, indices: [Int]) {
        let first = selection.from ?? 0
        try source.description.check([first...first], of: part.split)
        try source.description.check(index.ranges, of: part.split)
        let needsAll = selection.random || selection.className != nil
        let last =
            index.ranges.map(\.upperBound).max() ?? min(
                first + count, source.description.count(of: part.split)) - 1
        let images = try await options.load(part.split, of: source, first: needsAll ? nil : last + 1)
        let indices =
            index.ranges.isEmpty
            ? try selection.indices(count, of: images, seed: seed ?? Self.usualSeed)
            : Array(index.ranges.joined())
        return (images, indices)
    }

    private var suggestion: String {
        let splitArgument = part.split == .test ? "" : " --split \(part.split.rawValue)"
        if normalization == .none {
            return
                "digits show --index \(index.ranges.first?.lowerBound ?? 7) --normalization l2\(splitArgument)\(options.arguments)"
        }
        return "digits show --grid 4x8\(splitArgument)\(options.arguments)"
    }
}
