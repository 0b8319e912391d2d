internal import Compute
internal import Imaging
internal import SyntheticDigits

/// Digits that this package draws as people write them; they need no file and no network.
///
/// Image `i` of a split is the same for any count.
public struct SyntheticSource: DatasetSource, Hashable {
    /// Name, classes, shape, counts and seed.
    public let description: DatasetDescription

    /// What the images follow from.
    public let seed: UInt64

    /// The name of the data set.
    public static let name = "synthetic"

    /// As many digits as MNIST has, unless other numbers are given. Nothing is drawn yet.
    /// - Parameters:
    ///   - seed: What the images follow from.
    ///   - trainingCount: Images to train on, at least 1.
    ///   - testCount: Images for the score at the end, at least 1.
    public init(seed: UInt64 = 1, trainingCount: Int = 60_000, testCount: Int = 10_000) {
        precondition(
            trainingCount > 0 && testCount > 0,
            "At least one image of a split is drawn, not \(trainingCount) and \(testCount).")
        self.seed = seed
        let side = DigitGenerator.side
        description = DatasetDescription(
            name: Self.name, title: "Synthetic digits",
            classNames: (0..<DigitGenerator.classCount).map(String.init),
            imageShape: ImageShape(height: side, width: side), trainingCount: trainingCount,
            testCount: testCount, seed: seed)
    }

    /// Draws both splits.
    public func load(progress: DownloadProgressHandler?) async throws -> ImageDataset {
        let train = try draw(.train, count: description.trainingCount)
        try Task.checkCancellation()
        let test = try draw(.test, count: description.testCount)
        return try ImageDataset(name: Self.name, train: train, test: test, warnings: [])
    }

    /// Draws one split, or its first images.
    public func load(
        _ split: DatasetSplit, first count: Int?, progress: DownloadProgressHandler?
    ) async throws -> LoadedSplit {
        try draw(split, count: description.count(of: split, first: count))
    }

    /// - Parameter count: How many images are drawn; all are hashed as if they lay in files.
    private func draw(_ split: DatasetSplit, count: Int) throws(DatasetError) -> LoadedSplit {
        let shape = description.imageShape
        let drawn = DigitGenerator(seed: seed, stream: split == .train ? 0 : 1)
            .digits(count: count, threads: ProcessorCount.available)
        var hashes: [String: String] = [:]
        if count == description.count(of: split) {
            let prefix = split == .train ? "train" : "t10k"
            hashes["\(prefix)-images-idx3-ubyte"] = try IDXFile.sha256(
                [count, shape.height, shape.width], drawn.pixels)
            hashes["\(prefix)-labels-idx1-ubyte"] = try IDXFile.sha256([count], drawn.labels)
        }
        return LoadedSplit(
            images: try LabeledImages(
                images: ImageCollection(shape: shape, bytes: drawn.pixels[...]),
                labels: drawn.labels.map(Int.init), classNames: description.classNames),
            fileHashes: hashes, warnings: [])
    }
}

extension IDXFile {
    /// SHA-256 of the file that holds these elements.
    fileprivate static func sha256(
        _ dimensions: [Int], _ elements: [UInt8]
    ) throws(DatasetError) -> String {
        let sizes = dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
        }
        let hash = try SHA256()
        ([0, 0, 8, UInt8(dimensions.count)] + sizes).withUnsafeBytes { hash.update($0) }
        elements.withUnsafeBytes { hash.update($0) }
        return hash.digest()
    }
}
