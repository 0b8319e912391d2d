public import FoundationBasics

/// What a download is doing, told while it runs.
public struct DownloadProgress: Sendable, Hashable {
    /// The file's usual name.
    public let file: String
    /// The address it comes from.
    public let url: URL
    /// What is happening.
    public let stage: Stage

    /// Tells one step.
    package init(file: String, url: URL, stage: Stage) {
        self.file = file
        self.url = url
        self.stage = stage
    }

    /// The stages of a download, in their order.
    public enum Stage: Sendable, Hashable {
        /// The mirror is about to be asked; `resumingAt` bytes are already on disk.
        case connecting(resumingAt: Int)
        /// So many bytes are on disk, of the total where the server told it.
        case receiving(bytes: Int, total: Int?)
        /// All bytes arrived; they are decompressed and their hash is compared.
        case verifying
        /// The file is in the cache.
        case finished
        /// This mirror did not give the file; the next one is asked.
        case failed(MirrorFailure.Reason)
    }
}

/// Is told of a download's progress, on any thread.
public typealias DownloadProgressHandler = @Sendable (DownloadProgress) -> Void
