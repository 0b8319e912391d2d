import Datasets
package import Figures
import Imaging
import PlainText

extension ImageReport {
    /// Images with their labels in rows, or each before and after the normalisation.
    /// - Parameter columns: Images in a row.
    package func figure(_ indices: [Int], columns: Int) -> Figure {
        let title = "\(dataset.title), \(split.rawValue) pictures"
        guard normalization != .none else {
            return .digitGrid(
                indices.map {
                    DigitCell(
                        image: ValueMap(images.images[$0]), label: images.name(at: $0),
                        note: "no. \($0)")
                }, columns: columns, title: title)
        }
        let samples = indices.map { index in
            let image = images.images[index]
            return NormalizationSample(
                name: "\(index): \(images.name(at: index))", before: ValueMap(image),
                after: ValueMap(normalization(image), of: image.shape))
        }
        return .normalization(samples, method: "\(normalization)", title: title)
    }
}

extension ValueMap {
    /// An image's bytes divided by 255, of several channels their mean.
    init(_ image: Image) {
        self.init(width: image.width, height: image.height, bytes: image.grey.pixels)
    }

    /// An image's numbers, of several channels their mean.
    /// - Parameter values: `[height][width][channels]`.
    init(_ values: [Float], of shape: ImageShape) {
        self.init(
            width: shape.width, height: shape.height,
            values: stride(from: 0, to: values.count, by: shape.channels).map { start in
                values[start..<start + shape.channels].reduce(0, +) / Float(shape.channels)
            })
    }
}
