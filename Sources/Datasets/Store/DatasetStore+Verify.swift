public import FoundationBasics

/// What the verification of one file showed.
public struct FileVerification: Sendable, Hashable {
    /// The file, compressed or plain.
    public let url: URL
    /// What was found.
    public let outcome: Outcome

    /// The possible findings.
    public enum Outcome: Sendable, Hashable {
        /// The contents have the published SHA-256.
        case published(sha256: String)
        /// The contents have the SHA-256 that was recorded at the first download.
        case recorded(sha256: String)
        /// The contents are well-formed, but no SHA-256 is known to compare theirs with.
        case unknown(sha256: String)
        /// The file cannot be used.
        case failed(DatasetError)
    }
}

extension DatasetStore {
    /// Reads every file of a data set on disk and compares dimensions, checksums and hashes.
    /// - Returns: The finding for each file, training files first; nil where no folder was named and the cache lacks
    ///   some of them.
    /// - Throws: `DatasetError` where the folder that the caller named lacks files or a record cannot be read.
    public func verify(_ dataset: IDXDataset) throws(DatasetError) -> [FileVerification]? {
        guard let location = try locate(dataset) else { return nil }
        let record = try HashRecord(directory: location.directory)
        let files = location.dataset.files(of: Set(DatasetSplit.allCases))
        return files.compactMap { file in
            guard let url = location.files[file] else { return nil }
            do throws(DatasetError) {
                return FileVerification(
                    url: url, outcome: try VerifiedFile(file, of: dataset, at: url, record).outcome)
            } catch {
                return FileVerification(url: url, outcome: .failed(error))
            }
        }
    }
}

/// The contents of a file of a data set, with dimensions and hash as they should be.
struct VerifiedFile {
    /// The elements of the file.
    let contents: IDXFile
    /// Whether and by what the hash was vouched for.
    let outcome: FileVerification.Outcome

    /// Reads a file and holds it to the published hash, or to the recorded one where none is published.
    init(
        _ file: DatasetFile, of dataset: IDXDataset, at url: URL, _ record: HashRecord
    ) throws(DatasetError) {
        contents = try IDXFile(contentsOf: url, expecting: file.dimensions)
        let found = contents.sha256
        if let other = Self.publishedOwner(of: found, besides: dataset) {
            throw .otherDataset(file: url.path, expected: dataset.name, found: other.name)
        }
        let recorded = record.hashes[file.plainName]
        if let expected = file.sha256 ?? recorded, expected != found {
            throw .wrongHash(file: url.path, expected: expected, found: found)
        }
        outcome =
            if file.sha256 != nil {
                .published(sha256: found)
            } else if recorded != nil {
                .recorded(sha256: found)
            } else {
                .unknown(sha256: found)
            }
    }

    /// The other data set to which a hash is known to belong. MNIST and its sisters use the same file names.
    private static func publishedOwner(
        of sha256: String, besides dataset: IDXDataset
    ) -> IDXDataset? {
        IDXDataset.known.first { other in
            other.name != dataset.name
                && other.files(of: Set(DatasetSplit.allCases)).contains { $0.sha256 == sha256 }
        }
    }
}
