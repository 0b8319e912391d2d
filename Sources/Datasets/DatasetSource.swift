/// Where labelled images come from: files in a folder or on the network, a program that draws them.
///
/// Whoever trains or judges asks a source and knows nothing of files:
///
/// ```swift
/// let source = try DatasetStore().source(named: "kmnist")
/// let images = try await source.load(.test).images
/// print(source.description.imageShape, images.count)  // 28×28×1 10000
/// ```
///
/// What is wrong with the data is a `DatasetError`; each description says what happened, what was expected and what to do.
public protocol DatasetSource: Sendable {
    /// What is known before any of it is read.
    var description: DatasetDescription { get }

    /// Loads both splits, every byte verified where something is known to compare it with.
    /// - Parameter progress: Told of a download's progress, on any thread; not called where nothing is downloaded.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    func load(progress: DownloadProgressHandler?) async throws -> ImageDataset

    /// Loads one split alone.
    /// - Parameters:
    ///   - count: The most images wanted, the first ones, at least 1; nil for all.
    ///   - progress: Told of a download's progress, on any thread; not called where nothing is downloaded.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    func load(
        _ split: DatasetSplit, first count: Int?, progress: DownloadProgressHandler?
    ) async throws -> LoadedSplit
}

extension DatasetSource {
    /// Loads both splits.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public func load() async throws -> ImageDataset { try await load(progress: nil) }

    /// Loads one split alone.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public func load(_ split: DatasetSplit) async throws -> LoadedSplit {
        try await load(split, first: nil, progress: nil)
    }
}
