internal import Imaging
internal import PlainText

/// A data set in memory.
public struct ImageDataset: Sendable {
    /// Its name on command lines, such as `mnist`.
    public let name: String
    /// For training and for choosing between models.
    public let train: LabeledImages
    /// For the score at the end.
    public let test: LabeledImages
    /// What each class is called, in order.
    public let classNames: [String]
    /// SHA-256 of each file's decompressed contents, by the file's plain name; empty where there are no files.
    public let fileHashes: [String: String]
    /// Those of the test files alone.
    public let testFileHashes: [String: String]
    /// One hash for the whole data set, kept with a model to say what it was trained on: SHA-256 of a line
    /// `hash  plain name` for each file, in the order of their names. Of no lines where there are no files.
    public let sha256: String
    /// What the user should know, such as contents that nothing vouches for.
    public let warnings: [DatasetWarning]

    /// Joins the two splits of a data set.
    /// - Parameters:
    ///   - name: Its name on command lines.
    ///   - train: The training images; their class names are the data set's.
    ///   - test: The test images.
    ///   - warnings: What the user should know besides the splits' own warnings.
    /// - Throws: `DatasetError.hashUnavailable`.
    /// - Precondition: Both splits have the same classes, and images of one shape.
    public init(
        name: String, train: LoadedSplit, test: LoadedSplit, warnings: [DatasetWarning] = []
    ) throws(DatasetError) {
        precondition(
            train.images.classNames == test.images.classNames,
            "The training images have the classes \(train.images.classNames), but the test images have not.")
        precondition(
            train.images.images.shape == test.images.images.shape,
            "The training images have the shape \(train.images.images.shape), but the test images have not.")
        self.name = name
        self.train = train.images
        self.test = test.images
        classNames = train.images.classNames
        testFileHashes = test.fileHashes
        fileHashes = train.fileHashes.merging(test.fileHashes) { first, _ in first }
        sha256 = try SHA256.hash(of: HashRecord(hashes: fileHashes).text)
        self.warnings = warnings + train.warnings + test.warnings
    }
}

/// One split of a data set in memory.
public struct LoadedSplit: Sendable {
    /// The pictures with their labels.
    public let images: LabeledImages
    /// SHA-256 of each file's decompressed contents, by the file's plain name; empty where there are no files.
    public let fileHashes: [String: String]
    /// What the user should know, such as contents that nothing vouches for.
    public let warnings: [DatasetWarning]

    /// What a source has loaded.
    public init(
        images: LabeledImages, fileHashes: [String: String], warnings: [DatasetWarning] = []
    ) {
        self.images = images
        self.fileHashes = fileHashes
        self.warnings = warnings
    }
}

/// Something about a data set that its user should know, and that is no error.
public enum DatasetWarning: Sendable, Hashable, CustomStringConvertible {
    /// No trustworthy hash of the file is known; that of the first download has been recorded beside it, and later
    /// loads are held to it.
    case hashRecorded(file: String, sha256: String)
    /// No hash of the file is known or recorded, so that its contents could not be verified.
    case unverified(file: String, sha256: String)
    /// The file holds another number of images than its makers published; no hash of theirs is known.
    case otherCount(file: String, found: Int, published: Int)

    /// What the user should know, in a sentence or two.
    public var description: String {
        switch self {
        case .hashRecorded(let file, let sha256):
            "No published SHA-256 of \(file) is known. That of this download, \(sha256), has been recorded "
                + "beside it; later loads are held to it."
        case .unverified(let file, let sha256):
            "\(file) could not be verified: no SHA-256 of it is known. It has \(sha256)."
        case .otherCount(let file, let found, let published):
            "\(file) holds \(NumberText.grouped(found)) pictures, not the "
                + "\(NumberText.grouped(published)) of the published file."
        }
    }
}
