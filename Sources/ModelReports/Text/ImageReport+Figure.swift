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
                        note: "no. \(NumberText.grouped($0))")
                }, columns: columns, title: title)
        }
        let samples = indices.map { index in
            let image = images.images[index]
            return NormalizationSample(
                name: "\(NumberText.grouped(index)): \(images.name(at: index))", before: ValueMap(image),
                after: ValueMap(width: image.width, height: image.height, values: normalization(image)))
        }
        return .normalization(samples, method: "\(normalization)", title: title)
    }
}

extension ValueMap {
    /// An image's bytes divided by 255.
    init(_ image: Image) {
        self.init(width: image.width, height: image.height, bytes: image.grey.pixels)
    }
}
