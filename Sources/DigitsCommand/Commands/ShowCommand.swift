import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import TerminalGraphics

/// `digits show`: draws pictures of a data set with their labels, as stored and normalised.
struct ShowCommand: AsyncParsableCommand {
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
              digits show --grid 4x8 --output grid.png   as a file: .png, .svg or .pdf
              digits show --augmented --split train      as training sees them
            """)

    @OptionGroup var index: IndexOption

    @Option(
        help: ArgumentHelp("Rows and columns of a grid of the first pictures.", valueName: "rows>x<columns"),
        transform: TypedValue.grid)
    var grid: GridSize?

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
        parsing: .unconditional, help: "With --augmented, the training's seed. (default: 1)",
        transform: TypedValue.seed)
    var seed: UInt64?

    @OptionGroup var output: FigureOutput
    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func validate() throws {
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
        } else if augmentation != nil || seed != nil {
            throw ValidationError(
                "\(augmentation != nil ? "--augmentation" : "--seed") says how pictures are distorted. Add --augmented, or leave it out."
            )
        }
    }

    func run() async throws {
        let source = options.source()
        let dataset = source.description
        if augmented { return try await showAugmented(source) }
        let grid = index.ranges.isEmpty ? grid ?? GridSize(rows: 2, columns: 8) : nil
        try dataset.check(index.ranges, of: part.split)
        let indices = Array(index.ranges.joined())
        if let grid { try dataset.check(grid, of: part.split) }

        let count = grid?.count ?? (indices.max() ?? 0) + 1
        let report = ImageReport(
            dataset: dataset, split: part.split,
            images: try await options.load(part.split, of: source, first: count),
            normalization: normalization)
        let figure = {
            report.figure(grid.map { Array(0..<$0.count) } ?? indices, columns: grid?.columns ?? 10)
        }
        if try output.write(figure()) { return }
        let screen = TerminalStream.standardOutput
        if let grid {
            try screen.print(lines: report.grid(grid.count, columns: grid.columns, on: screen))
        } else {
            for index in indices { try screen.print(lines: report.lines(index, on: screen)) }
        }
        TerminalStream.standardError.note("Next: \(suggestion)")
    }

    /// A row for each picture: as stored, then an epoch in each column.
    private func showAugmented(_ source: any DatasetSource) async throws {
        let dataset = source.description
        let size = grid ?? GridSize(rows: 3, columns: 8)
        let ranges = index.ranges.isEmpty ? [0...size.rows - 1] : index.ranges
        try dataset.check(ranges, of: part.split)
        let indices = Array(ranges.joined())
        let images = try await options.load(part.split, of: source, first: (indices.max() ?? 0) + 1)
        let report = AugmentationReport(
            images: ImageReport(
                dataset: dataset, split: part.split, images: images, normalization: .none),
            augmentation: augmentation ?? .standard, seed: seed ?? 1, epochs: size.columns - 1)
        if try output.write(report.figure(indices)) { return }
        let screen = TerminalStream.standardOutput
        try screen.print(lines: report.lines(indices, on: screen))
        TerminalStream.standardError.note(
            "Next: digits train --augmentation \(report.augmentation)\(options.arguments)")
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
