import Datasets
package import DigitRecognition
package import Figures
import PlainText
package import TerminalGraphics

/// Images beside what training makes of them in its first epochs.
package struct AugmentationReport {
    package let images: ImageReport
    package let augmentation: Augmentation
    /// The seed of the training that would see them so.
    package let seed: UInt64
    /// Epochs that are shown.
    package let epochs: Int

    package init(images: ImageReport, augmentation: Augmentation, seed: UInt64, epochs: Int) {
        self.images = images
        self.augmentation = augmentation
        self.seed = seed
        self.epochs = epochs
    }

    /// A row for each image.
    package func lines(_ indices: [Int], on output: TerminalStream) -> [String] {
        ["\(title), and in epoch 1 to \(epochs) with augmentation \(augmentation), seed \(seed)"]
            + indices.flatMap { index in
                let cells = distorted(index).enumerated().map { epoch, image in
                    ImageGrid.Cell(image, caption: caption(index, epoch: epoch))
                }
                return ImageGrid(cells, cellsPerRow: cells.count)
                    .lines(colors: output.colors, columns: output.columns) + [""]
            }
    }

    /// The same as a figure.
    package func figure(_ indices: [Int]) -> Figure {
        let cells = indices.flatMap { index in
            distorted(index).enumerated().map { epoch, image in
                DigitCell(
                    image: ValueMap(image), label: images.images.name(at: index),
                    note: caption(index, epoch: epoch))
            }
        }
        return .digitGrid(cells, columns: epochs + 1, title: "\(title), with augmentation")
    }

    private var title: String {
        "\(images.dataset.title), \(images.split.rawValue) pictures as stored"
    }

    private func caption(_ index: Int, epoch: Int) -> String {
        epoch == 0 ? "no. \(index)" : "epoch \(epoch)"
    }

    /// An image as stored, then as each epoch has it.
    private func distorted(_ index: Int) -> [Image] {
        let image = images.images.images[index]
        let augmenter = Augmenter(augmentation, shape: image.shape, seed: seed)
        return [image] + (1...epochs).map { augmenter.applied(to: image, sample: index, epoch: $0) }
    }
}
