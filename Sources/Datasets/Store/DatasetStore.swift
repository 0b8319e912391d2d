internal import Files
public import FoundationBasics

/// Finds, verifies, downloads and loads data sets.
///
/// A folder that the caller names is looked into and nothing else: what is missing there is an error. Where the caller names none,
/// that is the folder of the environment variable `DIGITS_DATA`. Otherwise the files come from the cache, and into the cache
/// from the network.
///
/// ```swift
/// let store = DatasetStore()
/// let kmnist = try await store.load(.kmnist)
/// print(kmnist.train.count)  // 60000
/// ```
public struct DatasetStore: Sendable {
    /// The folder that the caller or the environment named. It holds the files, or a sub-folder with the data set's name does.
    public let directory: URL?
    /// Holds a sub-folder for each data set that was downloaded.
    public let cacheDirectory: URL
    /// A download is given up when nothing arrives for this long.
    public let stallTimeout: Duration

    /// Makes a store. Nothing is read yet.
    /// - Parameters:
    ///   - directory: The only folder to look into; nil for the cache and the network, whatever the environment says.
    ///   - cacheDirectory: Where downloads are kept.
    ///   - stallTimeout: A download is given up when nothing arrives for this long.
    public init(
        directory: URL? = DatasetStore.environmentDirectory,
        cacheDirectory: URL = DatasetStore.defaultCacheDirectory,
        stallTimeout: Duration = .seconds(30)
    ) {
        self.directory = directory
        self.cacheDirectory = cacheDirectory
        self.stallTimeout = stallTimeout
    }

    /// The folder that the environment variable `DIGITS_DATA` names; nil where it is not set, or empty.
    public static var environmentDirectory: URL? {
        let path = ProcessInfo.processInfo.environment["DIGITS_DATA"] ?? ""
        return path.isEmpty ? nil : URL(fileURLWithPath: path)
    }

    /// `digits` in the user's folder for caches; on Linux `$XDG_CACHE_HOME/digits`, usually `~/.cache/digits`. Where `HOME` is not set
    /// the password database tells the home folder; where nobody does, `digits` in the folder for temporary files.
    public static var defaultCacheDirectory: URL {
        let caches = UserFolder.caches.map { URL(fileURLWithPath: $0) }
        return (caches ?? FileManager.default.temporaryDirectory).appendingPathComponent("digits")
    }

    /// The folder in the cache where a data set is or will be.
    public func cacheDirectory(of dataset: IDXDataset) -> URL {
        cacheDirectory.appendingPathComponent(dataset.name)
    }
}

/// Where the files of a data set are.
public struct DatasetLocation: Sendable, Hashable {
    /// The folder that holds them.
    public let directory: URL
    /// Whether it is in the cache, rather than named by the caller.
    public let isInCache: Bool
    /// The data set as its files have it: in a folder that the caller named, a split without published hashes may hold
    /// another number of images than its makers published.
    public let dataset: IDXDataset
    /// Each file of the splits that were asked for, compressed or plain.
    public let files: [DatasetFile: URL]
    /// What the user should know: splits that hold another number of images than is published.
    public let warnings: [DatasetWarning]

    /// A folder, and what there is to know about it.
    init(
        directory: URL, isInCache: Bool, dataset: IDXDataset, files: [DatasetFile: URL],
        warnings: [DatasetWarning] = []
    ) {
        self.directory = directory
        self.isInCache = isInCache
        self.dataset = dataset
        self.files = files
        self.warnings = warnings
    }
}

extension DatasetStore {
    /// Finds the files of a data set on disk, reading no more of them than headers.
    /// - Returns: Where they are; nil where no folder was named and the cache lacks some of them.
    /// - Throws: `DatasetError.filesMissing` where the folder that the caller named lacks some of them.
    public func locate(
        _ dataset: IDXDataset, splits: Set<DatasetSplit> = Set(DatasetSplit.allCases)
    ) throws(DatasetError) -> DatasetLocation? {
        let files = dataset.files(of: splits)
        guard let directory else {
            let folder = cacheDirectory(of: dataset)
            let found = Self.find(files, in: folder)
            return found.count == files.count
                ? DatasetLocation(directory: folder, isInCache: true, dataset: dataset, files: found) : nil
        }
        let folders = [directory.appendingPathComponent(dataset.name), directory]
        let found = folders.map { Self.find(files, in: $0) }
        if let complete = found.firstIndex(where: { $0.count == files.count }) {
            return Self.location(folders[complete], of: dataset, splits, files: found[complete])
        }
        let fullest = found[0].count > 0 ? found[0] : found[1]
        throw .filesMissing(
            names: files.filter { fullest[$0] == nil }.map(\.name), dataset: dataset.name,
            directory: directory.path)
    }

    /// A folder that the caller named, and the data set as the files in it have it.
    private static func location(
        _ folder: URL, of published: IDXDataset, _ splits: Set<DatasetSplit>, files: [DatasetFile: URL]
    ) -> DatasetLocation {
        var dataset = published
        var warnings: [DatasetWarning] = []
        for split in DatasetSplit.allCases where splits.contains(split) {
            guard let images = files[published.files(of: split).images] else { continue }
            dataset = dataset.counted(split, in: images)
            let count = dataset.description.count(of: split)
            let publishedCount = published.description.count(of: split)
            if count != publishedCount {
                warnings.append(
                    .otherCount(file: images.path, found: count, published: publishedCount))
            }
        }
        return DatasetLocation(
            directory: folder, isInCache: false, dataset: dataset,
            files: find(dataset.files(of: splits), in: folder), warnings: warnings)
    }

    /// Those of `files` that a folder holds, compressed or plain.
    static func find(_ files: [DatasetFile], in folder: URL) -> [DatasetFile: URL] {
        var found: [DatasetFile: URL] = [:]
        for file in files {
            found[file] = [file.name, file.plainName].map(folder.appendingPathComponent).first { url in
                FileSystem.exists(url.path)
            }
        }
        return found
    }
}

extension DatasetStore {
    /// The names of the data sets that the package knows, MNIST first.
    public static let knownNames = IDXDataset.known.map(\.name) + [SyntheticSource.name]

    /// The source of a known data set such as `mnist`; its files are looked for, and kept, as this store says.
    /// - Throws: `DatasetError.unknownDataset`, which lists the known names.
    public func source(named name: String) throws(DatasetError) -> any DatasetSource {
        if name == SyntheticSource.name { return SyntheticSource() }
        guard let dataset = IDXDataset.known.first(where: { $0.name == name }) else {
            throw .unknownDataset(name: name, known: Self.knownNames)
        }
        return IDXSource(dataset, in: self)
    }
}
