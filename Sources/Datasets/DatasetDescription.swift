public import FoundationBasics

/// One of the two parts into which the makers of a data set divided it.
public enum DatasetSplit: String, Sendable, Hashable, CaseIterable {
    /// For training and for choosing between models.
    case train
    /// For the score at the end.
    case test
}

/// One file of a data set.
public struct DatasetFile: Sendable, Hashable {
    /// Its usual name, ending in `.gz`.
    public let name: String
    /// The dimensions in its IDX header.
    public let dimensions: [Int]
    /// SHA-256 of the decompressed contents, 64 lower-case hexadecimal digits; nil where no trustworthy figure is
    /// known.
    public let sha256: String?

    /// Describes a file.
    public init(name: String, dimensions: [Int], sha256: String? = nil) {
        precondition(name.hasSuffix(".gz"), "A file of a data set is named with .gz, not \(name).")
        self.name = name
        self.dimensions = dimensions
        self.sha256 = sha256
    }

    /// The name of the decompressed file.
    public var plainName: String { String(name.dropLast(3)) }

    /// The most bytes that the file can have: gzip enlarges what it cannot compress by less than one part in a
    /// thousand and a small frame.
    var byteLimit: Int {
        let contents = dimensions.reduce(4 + 4 * dimensions.count, +) + dimensions.reduce(1, *)
        return contents + contents / 1000 + 1024
    }
}

/// The two files of a split.
public struct SplitFiles: Sendable, Hashable {
    /// The pictures, `[N, height, width]`.
    public let images: DatasetFile
    /// The class of each, `[N]`.
    public let labels: DatasetFile

    /// Joins the two files.
    public init(images: DatasetFile, labels: DatasetFile) {
        precondition(
            images.dimensions.count == 3 && labels.dimensions == [images.dimensions[0]],
            "Pictures \(images.dimensions) and labels \(labels.dimensions) are not [N, H, W] and [N].")
        self.images = images
        self.labels = labels
    }
}

/// What is known about a data set before any of it is read.
public struct DatasetDescription: Sendable, Hashable {
    /// The name on command lines and of its folder, such as `fashion-mnist`.
    public let name: String
    /// The name for people, such as `Fashion-MNIST`.
    public let title: String
    /// What each class is called, in order.
    public let classNames: [String]
    /// Whether each picture is stored column by column, as those of EMNIST are.
    public let isTransposed: Bool
    /// Folders on the network that hold the files, in the order in which they are tried. Each ends with `/`.
    public let mirrors: [URL]
    /// The training files.
    public let train: SplitFiles
    /// The test files.
    public let test: SplitFiles
    /// How its pictures are drawn; nil for a data set that lies in files. For one that is drawn, the files are those that
    /// it would lie in: their names, dimensions and hashes say what it is.
    public let synthesis: Synthesis?
    /// The test images whose labels most human raters contradicted, rising; empty where nobody has asked.
    public let contradictedTestLabels: [Int]

    /// Describes a data set.
    public init(
        name: String, title: String, classNames: [String], isTransposed: Bool = false, mirrors: [URL],
        train: SplitFiles, test: SplitFiles, synthesis: Synthesis? = nil, contradictedTestLabels: [Int] = []
    ) {
        self.name = name
        self.title = title
        self.classNames = classNames
        self.isTransposed = isTransposed
        self.mirrors = mirrors
        self.train = train
        self.test = test
        self.synthesis = synthesis
        self.contradictedTestLabels = contradictedTestLabels
    }

    /// The two files of a split.
    public func files(of split: DatasetSplit) -> SplitFiles {
        switch split {
        case .train: train
        case .test: test
        }
    }

    /// The files of some splits: training pictures and labels, then test pictures and labels.
    public func files(of splits: Set<DatasetSplit>) -> [DatasetFile] {
        DatasetSplit.allCases.filter(splits.contains).flatMap { split in
            [files(of: split).images, files(of: split).labels]
        }
    }
}
