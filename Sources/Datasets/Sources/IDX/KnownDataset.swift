public import FoundationBasics

/// MNIST: 60,000 + 10,000 handwritten digits of 28×28 pixels.
///
/// ```swift
/// let mnist = try await MNIST.load()
/// print(mnist.train.count, mnist.train.labels.prefix(5))  // 60000 [5, 0, 4, 1, 9]
/// ```
public enum MNIST: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.mnist
}

/// Fashion-MNIST: 60,000 + 10,000 images of clothing of 28×28 pixels.
public enum FashionMNIST: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.fashionMNIST
}

/// Kuzushiji-MNIST: 60,000 + 10,000 cursive Japanese characters of 28×28 pixels.
public enum KMNIST: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.kmnist
}

/// EMNIST Digits: 240,000 + 40,000 handwritten digits of 28×28 pixels, upright as in MNIST.
public enum EMNISTDigits: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.emnistDigits
}

/// EMNIST Letters: 124,800 + 20,800 handwritten letters of 26 classes, 28×28 pixels, upright.
public enum EMNISTLetters: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.emnistLetters
}

/// EMNIST Balanced: 112,800 + 18,800 handwritten digits and letters of 47 classes, 28×28 pixels, upright.
public enum EMNISTBalanced: KnownDataset {
    /// Its files, classes and mirrors.
    public static let dataset = IDXDataset.emnistBalanced
}

/// A data set that has a name of its own in Swift.
public protocol KnownDataset {
    /// What is known about it.
    static var dataset: IDXDataset { get }
}

extension KnownDataset {
    /// Loads both splits: from the named folder, else from that of the environment variable `DIGITS_DATA`; without either from the
    /// user's cache, into which they are downloaded where they are missing.
    /// - Parameters:
    ///   - directory: Holds the files, or a sub-folder with the data set's name does. It is the only place looked
    ///     into; nil for the cache and the network.
    ///   - progress: Told of a download's progress, on any thread.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public static func load(
        from directory: URL? = DatasetStore.environmentDirectory, progress: DownloadProgressHandler? = nil
    ) async throws -> ImageDataset {
        try await DatasetStore(directory: directory).load(dataset, progress: progress)
    }

    /// Loads one split alone; nothing else is read, verified or downloaded.
    /// - Parameters:
    ///   - split: The split.
    ///   - directory: As for both splits.
    ///   - progress: Told of a download's progress, on any thread.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public static func load(
        _ split: DatasetSplit, from directory: URL? = DatasetStore.environmentDirectory,
        progress: DownloadProgressHandler? = nil
    ) async throws -> LabeledImages {
        try await DatasetStore(directory: directory).load(split, of: dataset, progress: progress).images
    }
}
