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

    /// The first images in rows and columns.
    /// - Parameters:
    ///   - count: How many; there are at least as many.
    ///   - columns: How many stand side by side where there is room.
    package func grid(_ count: Int, columns: Int, on output: TerminalStream) -> [String] {
        let stored = Array(images.images.prefix(count))
        func draw(_ drawn: [Image]) -> [String] {
            let cells = drawn.indices.map { ImageGrid.Cell(drawn[$0], caption: images.name(at: $0)) }
            return ImageGrid(cells, cellsPerRow: columns)
                .lines(colors: output.colors, columns: output.columns) + [""]
        }
        let first =
            "The first \(NumberText.grouped(count)) \(split.rawValue) pictures of \(dataset.title), as stored"
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
