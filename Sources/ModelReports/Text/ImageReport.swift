import Datasets
import Imaging
import PlainText

/// Pictures of one split with their labels, as stored and normalised.
struct PictureReport {
    let dataset: DatasetDescription
    let split: DatasetSplit
    let images: LabeledImages
    let normalization: Normalization
    var output = TerminalStream.standardOutput

    /// Draws one picture.
    func show(_ index: Int) throws {
        let image = images.images[index]
        var cells = [PictureGrid.Cell(image, caption: "as stored")]
        var explanation: [String] = []
        if normalization != .none {
            let normalized = NormalizedPictures([image], by: normalization)
            cells.append(.init(normalized.images[0], caption: "after \(normalization)"))
            explanation = ["", normalized.scale, normalization.explanation]
        }
        try output.print(title(of: index))
        try output.print(
            lines: PictureGrid(cells, cellsPerRow: cells.count)
                .lines(colors: output.colors, columns: output.columns) + explanation + [""])
    }

    /// Draws the first pictures in rows and columns.
    func showGrid(_ size: GridSize) throws {
        let pictures = Array(images.images.prefix(size.count))
        func draw(_ pictures: [Image]) throws {
            let cells = pictures.indices.map { PictureGrid.Cell(pictures[$0], caption: images.name(at: $0)) }
            try output.print(
                lines: PictureGrid(cells, cellsPerRow: size.columns)
                    .lines(colors: output.colors, columns: output.columns) + [""])
        }
        try output.print(
            "The first \(NumberText.grouped(size.count)) \(split.rawValue) pictures of \(dataset.title), as stored"
        )
        try draw(pictures)
        if normalization != .none {
            let normalized = NormalizedPictures(pictures, by: normalization)
            try output.print("The same after \(normalization)")
            try draw(normalized.images)
            try output.print(lines: [normalized.scale, normalization.explanation, ""])
        }
    }

    /// `MNIST test picture 7, label 9`.
    func title(of index: Int) -> String {
        "\(dataset.title) \(split.rawValue) picture \(NumberText.grouped(index)), label \(images.name(at: index))"
    }
}

extension LabeledImages {
    /// What the class of a picture is called.
    func name(at index: Int) -> String { classNames[Int(labels[index])] }
}

extension DatasetDescription {
    /// Number of pictures in a split.
    func count(of split: DatasetSplit) -> Int { files(of: split).images.dimensions[0] }

    /// Refuses indices that no picture has.
    func check(_ indices: [Int], of split: DatasetSplit) throws(CommandFailure) {
        let count = count(of: split)
        if let index = indices.first(where: { !(0..<count).contains($0) }) {
            throw .misuse(
                "There is no picture \(index): the \(split.rawValue) split of \(title) has "
                    + "\(NumberText.grouped(count)), numbered 0 to \(count - 1).")
        }
    }

    /// Refuses a grid with more places than there are pictures.
    func check(_ grid: GridSize, of split: DatasetSplit) throws(CommandFailure) {
        let count = count(of: split)
        guard grid.count <= count else {
            throw .misuse(
                "A grid of \(grid.rows)×\(grid.columns) needs \(NumberText.grouped(grid.count)) pictures; "
                    + "the \(split.rawValue) split of \(title) has \(NumberText.grouped(count)).")
        }
    }
}
