internal import Files
internal import FoundationBasics

/// What a fetch did.
public struct FetchReport: Sendable, Hashable {
    /// Where the files are.
    public let location: DatasetLocation
    /// The names of the files that were downloaded; the others were there already.
    public let downloaded: [String]
    /// What the user should know.
    public let warnings: [DatasetWarning]
}

extension DatasetStore {
    /// Brings the files of a data set into the cache. Those that are there and intact are kept, the others are
    /// downloaded and verified.
    ///
    /// A download that was interrupted is resumed where the server allows it. Fetches of one data set by several tasks
    /// or processes wait for each other. Where the caller named a folder, it is only looked into.
    /// - Parameters:
    ///   - dataset: What to fetch.
    ///   - splits: The splits whose files are wanted.
    ///   - progress: Told of the progress, on any thread.
    /// - Throws: `DatasetError`, which for a failed download names each mirror and its reason; `CancellationError`
    ///   where the task is cancelled.
    @discardableResult
    public func fetch(
        _ dataset: IDXDataset, splits: Set<DatasetSplit> = Set(DatasetSplit.allCases),
        progress: DownloadProgressHandler? = nil
    ) async throws -> FetchReport {
        if directory != nil, let location = try locate(dataset, splits: splits) {
            return FetchReport(location: location, downloaded: [], warnings: location.warnings)
        }
        let folder = cacheDirectory(of: dataset)
        var madeFolders: [String] = []
        do {
            return try await fetch(
                dataset, splits: splits, into: folder, making: &madeFolders, progress: progress)
        } catch {
            // Folders that nothing has come into are not left behind.
            Folder.removeEmpty(madeFolders)
            throw error
        }
    }

    /// Brings files into a folder of the cache while nobody else does.
    /// - Parameter madeFolders: Takes those that had to be made.
    private func fetch(
        _ dataset: IDXDataset, splits: Set<DatasetSplit>, into folder: URL,
        making madeFolders: inout [String], progress: DownloadProgressHandler?
    ) async throws -> FetchReport {
        let lock = try await Self.lock(folder, making: &madeFolders)
        defer { withExtendedLifetime(lock) {} }

        let downloader = Downloader(
            dataset: dataset, folder: folder, stallTimeout: stallTimeout, progress: progress)
        var record = try HashRecord(directory: folder)
        var downloaded: [String] = []
        var warnings: [DatasetWarning] = []
        for file in dataset.files(of: splits) {
            if let url = Self.find([file], in: folder)[file],
                (try? VerifiedFile(file, of: dataset, at: url, record)) != nil
            {
                continue
            }
            let outcome = try await downloader.fetch(file, record: record)
            downloaded.append(file.name)
            if case .unknown(let sha256) = outcome {
                record.hashes[file.plainName] = sha256
                try record.write(to: folder)
                warnings.append(.hashRecorded(file: file.name, sha256: sha256))
            }
        }
        let location = DatasetLocation(
            directory: folder, isInCache: true, dataset: dataset,
            files: Self.find(dataset.files(of: splits), in: folder))
        return FetchReport(location: location, downloaded: downloaded, warnings: warnings)
    }

    /// Makes a folder where there is none, and keeps it for one download at a time.
    private static func lock(
        _ folder: URL, making madeFolders: inout [String]
    ) async throws -> FileLock {
        var attempts = 0
        while true {
            attempts += 1
            do {
                madeFolders += try Folder.makeWithParents(folder.path)
                return try await FileLock(folder.appendingPathComponent("download.lock").path)
            } catch let error as FileError {
                // Whoever held the lock may have taken the folder away, empty. A folder that never comes cannot be made.
                guard error.reason == .notFound, !FileSystem.exists(folder.path), attempts < mostAttempts
                else { throw DatasetError(error) }
            }
        }
    }

    /// How often a folder is made that others take away.
    private static let mostAttempts = 100
}
