public import FoundationBasics
internal import Imaging

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
    /// The images, `[N, height, width]`.
    public let images: DatasetFile
    /// The class of each, `[N]`.
    public let labels: DatasetFile

    /// Joins the two files.
    public init(images: DatasetFile, labels: DatasetFile) {
        precondition(
            images.dimensions.count == 3 && labels.dimensions == [images.dimensions[0]],
            "Images \(images.dimensions) and labels \(labels.dimensions) are not [N, H, W] and [N].")
        self.images = images
        self.labels = labels
    }

    /// Whether no hash says what the files hold.
    fileprivate var isUnverifiable: Bool { images.sha256 == nil && labels.sha256 == nil }

    /// The same files with another number of images.
    fileprivate func holding(_ count: Int) -> SplitFiles {
        func file(_ published: DatasetFile) -> DatasetFile {
            DatasetFile(
                name: published.name, dimensions: [count] + published.dimensions.dropFirst(),
                sha256: published.sha256)
        }
        return SplitFiles(images: file(images), labels: file(labels))
    }
}

/// A data set in four IDX files: their names, what they hold, and where on the network they are.
public struct IDXDataset: Sendable, Hashable {
    /// Name, classes, shape and counts.
    public let description: DatasetDescription
    /// Whether each image is stored column by column, as those of EMNIST are.
    public let isTransposed: Bool
    /// The number that stands for the first class in the files of labels: 1 for the letters of EMNIST, else 0.
    public let firstLabel: Int
    /// Folders on the network that hold the files, in the order in which they are tried. Each ends with `/`.
    public let mirrors: [URL]
    /// The training files.
    public let train: SplitFiles
    /// The test files.
    public let test: SplitFiles

    /// Describes a data set.
    /// - Precondition: The images of both splits have one size.
    public init(
        name: String, title: String, classNames: [String], isTransposed: Bool = false, firstLabel: Int = 0,
        mirrors: [URL], train: SplitFiles, test: SplitFiles, contradictedTestLabels: [Int] = []
    ) {
        let sizes = Array(train.images.dimensions.dropFirst())
        precondition(
            sizes == Array(test.images.dimensions.dropFirst()),
            "The training images have the size \(sizes), but the test images have not.")
        let (height, width) = isTransposed ? (sizes[1], sizes[0]) : (sizes[0], sizes[1])
        description = DatasetDescription(
            name: name, title: title, classNames: classNames,
            imageShape: ImageShape(height: height, width: width), trainingCount: train.labels.dimensions[0],
            testCount: test.labels.dimensions[0], contradictedTestLabels: contradictedTestLabels)
        self.isTransposed = isTransposed
        self.firstLabel = firstLabel
        self.mirrors = mirrors
        self.train = train
        self.test = test
    }

    /// The name on command lines and of its folder, such as `fashion-mnist`.
    public var name: String { description.name }

    /// The two files of a split.
    public func files(of split: DatasetSplit) -> SplitFiles {
        switch split {
        case .train: train
        case .test: test
        }
    }

    /// The files of some splits: training images and labels, then test images and labels.
    public func files(of splits: Set<DatasetSplit>) -> [DatasetFile] {
        DatasetSplit.allCases.filter(splits.contains).flatMap { split in
            [files(of: split).images, files(of: split).labels]
        }
    }
}

extension IDXDataset {
    /// The data set with as many images in a split as the header of their file says, where no hash says what the file holds.
    ///
    /// Where the header cannot be read, promises nothing or images of another size, the data set stays as it is: who reads
    /// the file is told what is wrong with it.
    func counted(_ split: DatasetSplit, in images: URL) -> IDXDataset {
        let published = files(of: split)
        guard published.isUnverifiable, let found = try? IDXFile.dimensions(of: images),
            found.dropFirst() == published.images.dimensions.dropFirst(), found[0] > 0
        else { return self }
        return holding(found[0], in: split)
    }

    /// The data set with another number of images in a split. Which of them have contradicted labels is not known then.
    private func holding(_ count: Int, in split: DatasetSplit) -> IDXDataset {
        guard count != description.count(of: split) else { return self }
        let files = files(of: split).holding(count)
        return IDXDataset(
            name: name, title: description.title, classNames: description.classNames,
            isTransposed: isTransposed, firstLabel: firstLabel, mirrors: mirrors,
            train: split == .train ? files : train,
            test: split == .test ? files : test,
            contradictedTestLabels: split == .test ? [] : description.contradictedTestLabels)
    }
}
