import ArgumentParser
import DigitDatasets

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
              digits show --index 7 --index 42           several
              digits show --grid 4x8 --split train       the first 32 training pictures
              digits show --grid 4x8 --output grid.png   as a file: .png, .svg or .pdf
            """)

    @Option(
        name: .customLong("index"), parsing: .unconditionalSingleValue,
        help: "A picture's number, from 0. May be given several times.",
        transform: TypedValue.index)
    var indices: [Int] = []

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

    @OptionGroup var output: FigureOutput
    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func validate() throws {
        if !indices.isEmpty && grid != nil {
            throw ValidationError("--index and --grid exclude each other. Give one of them.")
        }
    }

    func run() async throws {
        let dataset = options.description()
        let grid = indices.isEmpty ? grid ?? GridSize(rows: 2, columns: 8) : nil
        try dataset.check(indices, of: part.split)
        if let grid { try dataset.check(grid, of: part.split) }

        let count = grid?.count ?? (indices.max() ?? 0) + 1
        let report = PictureReport(
            dataset: dataset, split: part.split,
            images: try await options.load(part.split, of: dataset, first: count),
            normalization: normalization)
        let figure = {
            report.figure(grid.map { Array(0..<$0.count) } ?? indices, columns: grid?.columns ?? 10)
        }
        if try output.write(figure()) { return }
        if let grid {
            try report.showGrid(grid)
        } else {
            for index in indices { try report.show(index) }
        }
        TerminalStream.standardError.note("Next: \(suggestion)")
    }

    private var suggestion: String {
        let splitArgument = part.split == .test ? "" : " --split \(part.split.rawValue)"
        if normalization == .none {
            return
                "digits show --index \(indices.first ?? 7) --normalization l2\(splitArgument)\(options.arguments)"
        }
        return "digits show --grid 4x8\(splitArgument)\(options.arguments)"
    }
}
