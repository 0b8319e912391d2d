public import Imaging

/// One of the two parts into which the makers of a data set divided it.
public enum DatasetSplit: String, Sendable, Hashable, CaseIterable {
    /// For training and for choosing between models.
    case train
    /// For the score at the end.
    case test
}

/// What is known about a data set before any of it is read.
public struct DatasetDescription: Sendable, Hashable {
    /// The name on command lines and in model files, such as `fashion-mnist`.
    public let name: String
    /// The name for people, such as `Fashion-MNIST`.
    public let title: String
    /// What each class is called, in order.
    public let classNames: [String]
    /// Rows, columns and channels of each image.
    public let imageShape: ImageShape
    /// Number of training images.
    public let trainingCount: Int
    /// Number of test images.
    public let testCount: Int
    /// What the images follow from where a program draws them; nil where they are read.
    public let seed: UInt64?
    /// The test images whose labels most human raters contradicted, rising; empty where nobody has asked.
    public let contradictedTestLabels: [Int]

    /// Describes a data set.
    public init(
        name: String, title: String, classNames: [String], imageShape: ImageShape, trainingCount: Int,
        testCount: Int, seed: UInt64? = nil, contradictedTestLabels: [Int] = []
    ) {
        self.name = name
        self.title = title
        self.classNames = classNames
        self.imageShape = imageShape
        self.trainingCount = trainingCount
        self.testCount = testCount
        self.seed = seed
        self.contradictedTestLabels = contradictedTestLabels
    }

    /// Number of images in a split.
    public func count(of split: DatasetSplit) -> Int {
        switch split {
        case .train: trainingCount
        case .test: testCount
        }
    }

    /// Number of images that are loaded of a split of which only the first are wanted: as many, or all there are.
    /// - Precondition: At least one is wanted; nil is all.
    func count(of split: DatasetSplit, first wanted: Int?) -> Int {
        guard let wanted else { return count(of: split) }
        precondition(wanted > 0, "At least one image is loaded, not \(wanted).")
        return min(wanted, count(of: split))
    }
}
