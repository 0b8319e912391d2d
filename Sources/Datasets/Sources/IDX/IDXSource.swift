/// A data set in IDX files, in a folder or in the cache, into which they are downloaded.
public struct IDXSource: DatasetSource {
    /// Which files, and what they hold.
    public let dataset: IDXDataset
    /// Where they are looked for, and where downloads are kept.
    public let store: DatasetStore

    /// The data set of a store. Nothing is read yet.
    public init(_ dataset: IDXDataset, in store: DatasetStore = DatasetStore()) {
        self.dataset = dataset
        self.store = store
    }

    /// Name, classes, shape and counts: those of the files in a folder that the caller named, by their headers, else those
    /// that are published.
    public var description: DatasetDescription {
        // One split may be there without the other.
        DatasetSplit.allCases.reduce(dataset) { known, split in
            (try? store.locate(known, splits: [split]))?.dataset ?? known
        }.description
    }

    /// Loads both splits, as `DatasetStore.load(_:progress:)`.
    public func load(progress: DownloadProgressHandler?) async throws -> ImageDataset {
        try await store.load(dataset, progress: progress)
    }

    /// Loads one split alone. Where not all its images are wanted, files that were verified before are read only that far.
    public func load(
        _ split: DatasetSplit, first count: Int?, progress: DownloadProgressHandler?
    ) async throws -> LoadedSplit {
        if let count {
            try await store.load(first: count, split, of: dataset, progress: progress)
        } else {
            try await store.load(split, of: dataset, progress: progress)
        }
    }
}
