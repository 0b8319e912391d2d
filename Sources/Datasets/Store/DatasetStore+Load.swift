internal import FoundationBasics
internal import Imaging

extension DatasetStore {
    /// Loads a data set, downloading it into the cache first where no folder was named and the cache lacks it.
    ///
    /// Every byte is verified. Both splits are read at the same time.
    /// - Parameter progress: Told of a download's progress, on any thread; not called where nothing is downloaded.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public func load(
        _ dataset: IDXDataset, progress: DownloadProgressHandler? = nil
    ) async throws -> ImageDataset {
        let (location, warnings) = try await prepare(
            dataset, splits: Set(DatasetSplit.allCases), progress: progress)
        async let train = Self.read(.train, at: location)
        async let test = Self.read(.test, at: location)
        return try await ImageDataset(name: dataset.name, train: train, test: test, warnings: warnings)
    }

    /// Loads one split alone; nothing else is read, verified or downloaded.
    /// - Parameter progress: Told of a download's progress, on any thread; not called where nothing is downloaded.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public func load(
        _ split: DatasetSplit, of dataset: IDXDataset, progress: DownloadProgressHandler? = nil
    ) async throws -> LoadedSplit {
        let (location, warnings) = try await prepare(dataset, splits: [split], progress: progress)
        let loaded = try Self.read(split, at: location)
        return LoadedSplit(
            images: loaded.images, fileHashes: loaded.fileHashes, warnings: warnings + loaded.warnings)
    }

    /// Loads the first pictures of a split, fast: files that were verified in full before, and have not changed since, are read
    /// only that far.
    /// - Parameters:
    ///   - count: Pictures to load, at least 1; all there are where there are fewer.
    ///   - progress: Told of a download's progress, on any thread; not called where nothing is downloaded.
    /// - Throws: `DatasetError`, or `CancellationError` where the task is cancelled.
    public func load(
        first count: Int, _ split: DatasetSplit, of dataset: IDXDataset,
        progress: DownloadProgressHandler? = nil
    ) async throws -> LoadedSplit {
        precondition(count > 0, "At least one image is loaded, not \(count).")
        let (location, warnings) = try await prepare(dataset, splits: [split], progress: progress)
        let stamps = VerificationStamps(cacheDirectory: cacheDirectory)
        let urls = Array(location.files.values)
        let isVerified = stamps.vouch(for: urls, of: dataset)
        let loaded = try Self.read(split, at: location, first: isVerified ? count : nil)
        // What nothing vouches for is hashed, and warned of, each time.
        if !isVerified, loaded.warnings.isEmpty { stamps.add(urls, of: dataset) }
        return LoadedSplit(
            images: loaded.images.subset(0..<min(count, loaded.images.count)), fileHashes: loaded.fileHashes,
            warnings: warnings + loaded.warnings)
    }

    /// Where the files are, once they are on disk, and what is to be warned of before they are read.
    private func prepare(
        _ dataset: IDXDataset, splits: Set<DatasetSplit>, progress: DownloadProgressHandler?
    ) async throws -> (DatasetLocation, [DatasetWarning]) {
        if let location = try locate(dataset, splits: splits) { return (location, location.warnings) }
        let report = try await fetch(dataset, splits: splits, progress: progress)
        return (report.location, report.warnings)
    }

    /// - Parameter limit: How many pictures are read; nil for all, verified.
    private static func read(
        _ split: DatasetSplit, at location: DatasetLocation, first limit: Int? = nil
    ) throws(DatasetError) -> LoadedSplit {
        let dataset = location.dataset
        let record = try HashRecord(directory: location.directory)
        let files = dataset.files(of: split)
        var fileHashes: [String: String] = [:]
        var warnings: [DatasetWarning] = []

        func url(of file: DatasetFile) -> URL {
            guard let url = location.files[file] else {
                preconditionFailure("\(file.name) was not located with the rest of \(dataset.name).")
            }
            return url
        }
        func elements(of file: DatasetFile) throws(DatasetError) -> [UInt8] {
            let url = url(of: file)
            let verified = try VerifiedFile(file, of: dataset, at: url, record)
            fileHashes[file.plainName] = verified.contents.sha256
            if case .unknown(let sha256) = verified.outcome {
                warnings.append(.unverified(file: url.path, sha256: sha256))
            }
            return verified.contents.elements
        }

        let shape = dataset.description.imageShape
        let stored: [UInt8]
        let labels: [UInt8]
        if let limit, limit < dataset.description.count(of: split) {
            stored = try IDXFile.firstElements(
                limit * shape.count, of: url(of: files.images), expecting: files.images.dimensions)
            labels = try IDXFile.firstElements(
                limit, of: url(of: files.labels), expecting: files.labels.dimensions)
        } else {
            stored = try elements(of: files.images)
            labels = try elements(of: files.labels)
        }
        let pixels = dataset.isTransposed ? transposed(stored, shape) : stored
        let images = ImageCollection(shape: shape, bytes: pixels[...])
        return LoadedSplit(
            images: try LabeledImages(
                images: images, storedLabels: labels, first: dataset.firstLabel,
                classNames: dataset.description.classNames),
            fileHashes: fileHashes, warnings: warnings)
    }

    /// Turns pictures that are stored column by column, `[N, width, height]`, to `[N, height, width]`.
    private static func transposed(_ stored: [UInt8], _ shape: ImageShape) -> [UInt8] {
        let (height, width) = (shape.height, shape.width)
        return [UInt8](unsafeUninitializedCapacity: stored.count) { pixels, count in
            for start in stride(from: 0, to: stored.count, by: shape.count) {
                for row in 0..<height {
                    for column in 0..<width {
                        pixels[start + row * width + column] = stored[start + column * height + row]
                    }
                }
            }
            count = stored.count
        }
    }
}
