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
            """)

    @Option(
        name: .customLong("index"), parsing: .unconditionalSingleValue,
        help: "A picture's number, from 0. May be given several times.")
    var indices: [Int] = []

    @Option(
        help: ArgumentHelp("Rows and columns of a grid of the first pictures.", valueName: "rows>x<columns"))
    var grid: GridSize?

    @Option(help: "The part of the data set.")
    var split = DatasetSplit.test

    @Option(help: "Draw the pictures after this normalisation, too.")
    var normalization = Normalization.none

    @OptionGroup var options: DatasetOptions

    func validate() throws {
        if !indices.isEmpty && grid != nil {
            throw ValidationError("--index and --grid exclude each other. Give one of them.")
        }
        if let index = indices.first(where: { $0 < 0 }) {
            throw ValidationError("--index is \(index), but pictures are numbered from 0.")
        }
    }

    func run() async throws {
        let images = try await options.load(split).images
        if indices.isEmpty {
            try showGrid(grid ?? GridSize(rows: 2, columns: 8), of: images)
        } else {
            try images.check(indices, split: split)
            for index in indices { try show(index, of: images) }
        }
        TerminalStream.standardError.note("Next: \(suggestion)")
    }
}

extension ShowCommand {
    private func show(_ index: Int, of images: LabeledImages) throws {
        let output = TerminalStream.standardOutput
        let image = images.images[index]
        var cells = [PictureGrid.Cell(image, caption: "as stored")]
        var explanation: [String] = []
        if normalization != .none {
            let normalized = NormalizedPictures([image], by: normalization)
            cells.append(.init(normalized.images[0], caption: "after \(normalization)"))
            explanation = ["", normalized.scale, normalization.explanation]
        }
        try output.print(
            "\(title) \(split.rawValue) picture \(NumberText.grouped(index)), label \(images.name(at: index))"
        )
        try output.print(
            lines: PictureGrid(cells, cellsPerRow: cells.count)
                .lines(colors: output.colors, columns: output.columns) + explanation + [""])
    }

    private func showGrid(_ size: GridSize, of images: LabeledImages) throws {
        guard size.count <= images.count else {
            throw CommandFailure.misuse(
                "A grid of \(size.rows)×\(size.columns) needs \(NumberText.grouped(size.count)) pictures; "
                    + "the \(split.rawValue) split of \(title) has \(NumberText.grouped(images.count)).")
        }
        let output = TerminalStream.standardOutput
        let pictures = Array(images.images.prefix(size.count))
        func draw(_ pictures: [DigitImage]) throws {
            let cells = pictures.indices.map { PictureGrid.Cell(pictures[$0], caption: images.name(at: $0)) }
            try output.print(
                lines: PictureGrid(cells, cellsPerRow: size.columns)
                    .lines(colors: output.colors, columns: output.columns) + [""])
        }
        try output.print(
            "The first \(NumberText.grouped(size.count)) \(split.rawValue) pictures of \(title), as stored")
        try draw(pictures)
        if normalization != .none {
            let normalized = NormalizedPictures(pictures, by: normalization)
            try output.print("The same after \(normalization)")
            try draw(normalized.images)
            try output.print(lines: [normalized.scale, normalization.explanation, ""])
        }
    }

    private var title: String {
        DatasetDescription.known.first { $0.name == options.dataset }?.title ?? options.dataset
    }

    private var suggestion: String {
        let splitArgument = split == .test ? "" : " --split \(split.rawValue)"
        if normalization == .none {
            return
                "digits show --index \(indices.first ?? 7) --normalization l2\(splitArgument)\(options.arguments)"
        }
        return "digits show --grid 4x8\(splitArgument)\(options.arguments)"
    }
}

extension LabeledImages {
    /// What the class of a picture is called.
    func name(at index: Int) -> String { classNames[Int(labels[index])] }

    /// Refuses indices that no picture has.
    func check(_ indices: [Int], split: DatasetSplit) throws(CommandFailure) {
        if let index = indices.first(where: { !images.indices.contains($0) }) {
            throw .misuse(
                "There is no picture \(index): the \(split.rawValue) split has \(NumberText.grouped(count)), "
                    + "numbered 0 to \(count - 1).")
        }
    }
}
