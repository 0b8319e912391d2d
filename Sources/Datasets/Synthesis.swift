internal import FoundationBasics
internal import Imaging
internal import SyntheticDigits

/// How the pictures of a data set are drawn.
public struct Synthesis: Sendable, Hashable {
    /// What the pictures follow from. Training and test pictures have sequences of their own.
    public let seed: UInt64

    /// Drawn from a seed.
    public init(seed: UInt64) {
        self.seed = seed
    }
}

extension Synthesis {
    /// Draws a split.
    /// - Parameter limit: How many pictures are drawn at most; nil for all, which are hashed as if they lay in files.
    func load(
        _ split: DatasetSplit, of dataset: DatasetDescription, first limit: Int? = nil
    ) throws(DatasetError) -> LoadedSplit {
        let files = dataset.files(of: split)
        let count = files.labels.dimensions[0]
        let generator = DigitGenerator(seed: seed, stream: split == .train ? 0 : 1)
        let drawn = generator.digits(
            count: min(limit ?? count, count), threads: ProcessInfo.processInfo.activeProcessorCount)
        var hashes: [String: String] = [:]
        if drawn.labels.count == count {
            hashes[files.images.plainName] = try IDXFile.sha256(files.images.dimensions, drawn.pixels)
            hashes[files.labels.plainName] = try IDXFile.sha256(files.labels.dimensions, drawn.labels)
        }
        let side = DigitGenerator.side
        return LoadedSplit(
            images: try LabeledImages(
                images: ImageCollection(height: side, width: side, bytes: drawn.pixels[...]),
                labels: drawn.labels.map(Int.init), classNames: dataset.classNames),
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
