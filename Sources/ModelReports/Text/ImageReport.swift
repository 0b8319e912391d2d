package import Datasets
package import Imaging
import PlainText
package import TerminalGraphics

/// Images of one split with their labels, as stored and normalised.
package struct ImageReport {
    package let dataset: DatasetDescription
    package let split: DatasetSplit
    package let images: LabeledImages
    package let normalization: Normalization

    package init(
        dataset: DatasetDescription, split: DatasetSplit, images: LabeledImages, normalization: Normalization
    ) {
        self.dataset = dataset
        self.split = split
        self.images = images
        self.normalization = normalization
    }

    /// One image.
    package func lines(_ index: Int, on output: TerminalStream) -> [String] {
        let image = images.images[index]
        var cells = [ImageGrid.Cell(image, caption: "as stored")]
        var explanation: [String] = []
        if normalization != .none {
            let normalized = NormalizedGreys([image], by: normalization)
            cells.append(.init(normalized.images[0], caption: "after \(normalization)"))
            explanation = ["", normalized.scale, normalization.explanation]
        }
        return [title(of: index)]
            + ImageGrid(cells, cellsPerRow: cells.count)
            .lines(colors: output.colors, columns: output.columns) + explanation + [""]
    }

    /// Images in rows and columns.
    /// - Parameters:
    ///   - title: What they are; nil for the first ones.
    ///   - columns: How many stand side by side where there is room.
    package func grid(
        _ indices: [Int], title: String? = nil, columns: Int, on output: TerminalStream
    ) -> [String] {
        let stored = indices.map { images.images[$0] }
        func draw(_ drawn: [Image]) -> [String] {
            let cells = zip(drawn, indices).map { ImageGrid.Cell($0, caption: images.name(at: $1)) }
            return ImageGrid(cells, cellsPerRow: columns)
                .lines(colors: output.colors, columns: output.columns) + [""]
        }
        let title =
            title
            ?? "The first \(NumberText.grouped(indices.count)) \(split.rawValue) pictures of \(dataset.title)"
        let first = "\(title), as stored"
        guard normalization != .none else { return [first] + draw(stored) }
        let normalized = NormalizedGreys(stored, by: normalization)
        return [first] + draw(stored) + ["The same after \(normalization)"] + draw(normalized.images)
            + [normalized.scale, normalization.explanation, ""]
    }

    /// `MNIST test picture 7, label 9`.
    package func title(of index: Int) -> String {
        "\(dataset.title) \(split.rawValue) picture \(index), label \(images.name(at: index))"
    }
}

extension LabeledImages {
    /// What the class of an image is called.
    package func name(at index: Int) -> String { classNames[labels[index]] }
}
