import Datasets
import DigitRecognition
import Figures
import PlainText

/// Pictures beside what training makes of them in its first epochs.
struct AugmentationReport {
    let pictures: PictureReport
    let augmentation: Augmentation
    /// The seed of the training that would see them so.
    let seed: UInt64
    /// Epochs that are shown.
    let epochs: Int

    /// Draws a row for each picture.
    func show(_ indices: [Int]) throws {
        let output = pictures.output
        try output.print(
            "\(title), and in epoch 1 to \(epochs) with augmentation \(augmentation), seed \(seed)")
        for index in indices {
            let cells = distorted(index).enumerated().map { epoch, image in
                PictureGrid.Cell(image, caption: caption(index, epoch: epoch))
            }
            try output.print(
                lines: PictureGrid(cells, cellsPerRow: cells.count)
                    .lines(colors: output.colors, columns: output.columns) + [""])
        }
    }

    /// The same as a figure.
    func figure(_ indices: [Int]) -> Figure {
        let cells = indices.flatMap { index in
            distorted(index).enumerated().map { epoch, image in
                DigitCell(
                    picture: ValueMap(image), label: pictures.images.name(at: index),
                    note: caption(index, epoch: epoch))
            }
        }
        return .digitGrid(cells, columns: epochs + 1, title: "\(title), with augmentation")
    }

    private var title: String {
        "\(pictures.dataset.title), \(pictures.split.rawValue) pictures as stored"
    }

    private func caption(_ index: Int, epoch: Int) -> String {
        epoch == 0 ? "no. \(NumberText.grouped(index))" : "epoch \(epoch)"
    }

    /// A picture as stored, then as each epoch has it.
    private func distorted(_ index: Int) -> [Image] {
        let image = pictures.images.images[index]
        let augmenter = Augmenter(augmentation, shape: image.shape, seed: seed)
        return [image] + (1...epochs).map { augmenter.applied(to: image, sample: index, epoch: $0) }
    }
}
