public import Imaging

/// Pictures with the class of each: one split of a data set.
public struct LabeledImages: Sendable, Equatable {
    /// The pictures, `[N][height][width][channels]` bytes.
    public let images: ImageCollection
    /// The class of each picture, `0..<classNames.count`.
    public let labels: [Int]
    /// What each class is called, in order; for digits `"0"` … `"9"`.
    public let classNames: [String]

    /// Joins pictures and labels; `ImageCollection(validating:height:width:)` makes pictures of bytes that come from outside.
    /// - Throws: `DatasetError` if their numbers differ or a label names no class.
    public init(
        images: ImageCollection, labels: [Int], classNames: [String] = (0...9).map(String.init)
    ) throws(DatasetError) {
        guard images.count == labels.count else {
            throw .countsDiffer(images: images.count, labels: labels.count)
        }
        if let index = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
            throw .labelOutOfRange(label: labels[index], index: index, valid: 0..<classNames.count)
        }
        self.init(checkedImages: images, labels: labels, classNames: classNames)
    }

    /// The same with labels as a file has them.
    /// - Parameter first: The label of the first class.
    init(
        images: ImageCollection, storedLabels: [UInt8], first: Int, classNames: [String]
    ) throws(DatasetError) {
        let valid = first..<first + classNames.count
        if let index = storedLabels.firstIndex(where: { !valid.contains(Int($0)) }) {
            throw .labelOutOfRange(label: Int(storedLabels[index]), index: index, valid: valid)
        }
        try self.init(images: images, labels: storedLabels.map { Int($0) - first }, classNames: classNames)
    }

    private init(checkedImages: ImageCollection, labels: [Int], classNames: [String]) {
        self.images = checkedImages
        self.labels = labels
        self.classNames = classNames
    }

    /// Number of pictures.
    public var count: Int { labels.count }

    /// The pictures of a range, renumbered from 0; shares the bytes.
    public func subset(_ range: Range<Int>) -> LabeledImages {
        LabeledImages(
            checkedImages: images.subset(range), labels: Array(labels[range]), classNames: classNames)
    }

    /// The pictures with others behind them.
    /// - Precondition: Those have the same shape, and labels of these classes, one each.
    package func appending(_ others: [Image], labels otherLabels: [Int]) -> LabeledImages {
        precondition(
            others.count == otherLabels.count && others.allSatisfy { $0.shape == images.shape }
                && otherLabels.allSatisfy(classNames.indices.contains),
            "Images are added that are not like the \(count) that there are.")
        var bytes = images.bytes
        for image in others { bytes += image.pixels }
        return LabeledImages(
            checkedImages: ImageCollection(shape: images.shape, bytes: bytes), labels: labels + otherLabels,
            classNames: classNames)
    }

    /// Cuts the last `fraction` off for validation, before any shuffling, as Keras's `validation_split` does.
    /// - Parameter fraction: Share of the pictures held out, `0..<1`.
    /// - Returns: The first `Int(count * (1 - fraction))` pictures, and the rest.
    public func split(validationFraction fraction: Double) -> (
        training: LabeledImages, validation: LabeledImages
    ) {
        precondition(fraction >= 0 && fraction < 1, "A validation split is in 0..<1, not \(fraction).")
        let boundary = Int(Double(count) * (1 - fraction))
        return (subset(0..<boundary), subset(boundary..<count))
    }
}
