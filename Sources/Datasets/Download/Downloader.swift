internal import Files
internal import FoundationBasics

/// Downloads the files of one data set into its folder in the cache.
struct Downloader {
    let dataset: IDXDataset
    let folder: URL
    let stallTimeout: Duration
    let progress: DownloadProgressHandler?

    /// Gets one file from the first mirror that gives it.
    ///
    /// Bytes are gathered in a part file, which is continued from mirror to mirror and from call to call. It gets the
    /// file's name only after its contents have been verified.
    /// - Returns: By what the contents were vouched for.
    /// - Throws: `DatasetError` where no mirror gives the file or the folder cannot be written; `CancellationError`.
    func fetch(_ file: DatasetFile, record: HashRecord) async throws -> FileVerification.Outcome {
        try Transfer.prepare()
        let destination = folder.appendingPathComponent(file.name)
        var failures: [MirrorFailure] = []
        for mirror in dataset.mirrors {
            let url = mirror.appendingPathComponent(file.name)
            let tell: @Sendable (DownloadProgress.Stage) -> Void = { [progress] stage in
                progress?(DownloadProgress(file: file.name, url: url, stage: stage))
            }
            do {
                let part = try PartFile(destination.path)
                let outcome = try await fill(part, with: file, from: url, record, tell)
                try part.publish()
                tell(.finished)
                return outcome
            } catch let reason as MirrorFailure.Reason {
                failures.append(MirrorFailure(url: url, reason: reason))
                tell(.failed(reason))
            } catch let error as FileError {
                throw DatasetError(error)
            }
        }
        throw DatasetError.downloadFailed(file: file.name, failures: failures)
    }

    /// Fills a part file from one mirror and verifies it.
    private func fill(
        _ part: PartFile, with file: DatasetFile, from url: URL, _ record: HashRecord,
        _ tell: @escaping @Sendable (DownloadProgress.Stage) -> Void
    ) async throws -> FileVerification.Outcome {
        let resumingAt = try part.size
        do {
            tell(.connecting(resumingAt: resumingAt))
            let transfer = try Transfer(
                url: url, part: part, byteLimit: file.byteLimit, stallTimeout: stallTimeout,
                report: { tell(.receiving(bytes: $0, total: $1)) })
            try await transfer.run()
            tell(.verifying)
            return try verify(part, as: file, record)
        } catch let reason as MirrorFailure.Reason {
            if case .tooLarge = reason { try part.restart() }
            if case .wrongRange = reason { try part.restart() }
            // Bytes that arrived before an interruption stay for the next attempt.
            guard try part.size == 0 else { throw reason }
            guard resumingAt > 0 else {
                part.discard()
                throw reason
            }
            // The bytes of an earlier attempt may be to blame, as when another mirror has compressed the file
            // differently. They are gone now; this mirror is asked once more, for the whole.
            tell(.failed(reason))
            return try await fill(part, with: file, from: url, record, tell)
        }
    }

    /// Holds the complete file to what is known of it, and forgets its bytes where it fails.
    private func verify(
        _ part: PartFile, as file: DatasetFile, _ record: HashRecord
    ) throws -> FileVerification.Outcome {
        do throws(DatasetError) {
            return try VerifiedFile(file, of: dataset, at: URL(fileURLWithPath: part.path), record).outcome
        } catch {
            try part.restart()
            if case .webPage = error { throw MirrorFailure.Reason.webPage }
            throw MirrorFailure.Reason.refused(error)
        }
    }
}
