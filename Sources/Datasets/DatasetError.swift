internal import Files
internal import PlainText

/// Everything that can be wrong with a data set: its files, their contents, or the way to them.
///
/// Each description says what happened to which file, what was expected and what to do.
public enum DatasetError: Error, Hashable, Sendable {
    // Finding and reading files.

    /// A file could not be opened or read.
    case unreadable(file: String, reason: String)
    /// A file or folder could not be written.
    case unwritable(file: String, reason: String)
    /// A folder that was named by the caller lacks files.
    case filesMissing(names: [String], dataset: String, directory: String)
    /// Nothing is called so.
    case unknownDataset(name: String, known: [String])

    // Gzip.

    /// The archive ends before its contents do.
    case gzipTruncated(file: String)
    /// The compressed bytes make no sense.
    case gzipDamaged(file: String, detail: String)
    /// The contents do not fit the archive's own checksum or length.
    case gzipChecksum(file: String)
    /// Something that is no archive follows the archive.
    case gzipTrailingBytes(file: String)

    // IDX.

    /// An HTML or XML page in place of data.
    case webPage(file: String)
    /// The file begins with other bytes than an IDX file.
    case notIDX(file: String, start: [UInt8])
    /// The elements are no unsigned bytes.
    case idxElementType(file: String, code: UInt8)
    /// The header names no dimension.
    case idxRankZero(file: String)
    /// The file ends inside its header.
    case idxHeaderTruncated(file: String)
    /// The header promises more elements than are accepted.
    case idxTooLarge(file: String, dimensions: [Int], limit: Int)
    /// Fewer elements than the header promises.
    case idxElementsMissing(file: String, expected: Int, found: Int)
    /// More bytes than the header promises.
    case idxTrailingBytes(file: String, expected: Int)

    // Contents.

    /// The dimensions are not those of the data set.
    case wrongDimensions(file: String, expected: [Int], found: [Int])
    /// The contents are not those of the data set.
    case wrongHash(file: String, expected: String, found: String)
    /// The system's libcrypto cannot compute a SHA-256.
    case hashUnavailable(reason: String)
    /// The contents are those of another data set.
    case otherDataset(file: String, expected: String, found: String)
    /// Pictures and labels differ in number.
    case countsDiffer(images: Int, labels: Int)
    /// A label names no class.
    case labelOutOfRange(label: Int, index: Int, valid: Range<Int>)

    // Network.

    /// No mirror gave the file.
    case downloadFailed(file: String, failures: [MirrorFailure])
    /// The system's library that downloads is missing.
    case downloaderUnusable(reason: String)
}

extension DatasetError {
    /// Whether a data set is only missing because it could not be downloaded.
    public var isFailedDownload: Bool {
        switch self {
        case .downloadFailed, .downloaderUnusable: true
        default: false
        }
    }

    /// Whether a file has to be got again: it is damaged, or something came in its place.
    public var isDamage: Bool {
        switch self {
        case .gzipTruncated, .gzipDamaged, .gzipChecksum, .gzipTrailingBytes, .webPage, .notIDX, .idxRankZero,
            .idxHeaderTruncated, .idxTooLarge, .idxElementsMissing, .idxTrailingBytes, .wrongHash:
            true
        default: false
        }
    }
}

extension DatasetError: CustomStringConvertible {
    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason). Check its name and permissions."
        case .unwritable(let file, let reason):
            "\(file) cannot be written: \(reason). Check the folder's permissions and the space on its disk."
        case .filesMissing(let names, let dataset, let directory):
            "\(directory) lacks \(names.joined(separator: ", ")) of the data set \(dataset). "
                + "The files have to lie in it or in its sub-folder \(dataset), with or without .gz."
        case .unknownDataset(let name, let known):
            "There is no data set \(name). Known are \(known.joined(separator: ", "))."
        case .gzipTruncated(let file):
            "\(file) is truncated: the gzip archive ends before its contents do. \(Self.advice)"
        case .gzipDamaged(let file, let detail):
            "\(file) is a damaged gzip archive (\(detail)). \(Self.advice)"
        case .gzipChecksum(let file):
            "\(file) is damaged: its contents do not fit the checksum in the gzip archive. \(Self.advice)"
        case .gzipTrailingBytes(let file):
            "\(file) holds bytes after the end of its gzip archive. \(Self.advice)"
        case .webPage(let file):
            "\(file) is a web page, not data: a server sent a message in place of the file. \(Self.advice)"
        case .notIDX(let file, let start):
            "\(file) is neither a gzip archive nor an IDX file: it begins with the bytes "
                + start.map { NumberText.hexadecimal($0, digits: 2) }.joined(separator: " ")
                + ", expected 00 00 08. \(Self.advice)"
        case .idxElementType(let file, let code):
            "\(file) holds elements of IDX type 0x\(NumberText.hexadecimal(code, digits: 2)); "
                + "only unsigned bytes, type 0x08, are read. Convert it."
        case .idxRankZero(let file):
            "The IDX header of \(file) names no dimension; pictures have 3 and labels 1. \(Self.advice)"
        case .idxHeaderTruncated(let file):
            "\(file) ends inside its IDX header. \(Self.advice)"
        case .idxTooLarge(let file, let dimensions, let limit):
            "The IDX header of \(file) promises \(Self.product(dimensions)) elements, "
                + "more than the \(limit) that are accepted. \(Self.advice)"
        case .idxElementsMissing(let file, let expected, let found):
            "\(file) is truncated: its IDX header promises \(expected) elements, but \(found) are there. "
                + Self.advice
        case .idxTrailingBytes(let file, let expected):
            "\(file) holds more bytes than the \(expected) elements that its IDX header promises. \(Self.advice)"
        case .wrongDimensions(let file, let expected, let found):
            "\(file) holds \(Self.product(found)) elements, expected \(Self.product(expected)). "
                + "It belongs to another data set or split; put the right file in its place."
        case .wrongHash(let file, let expected, let found):
            "The contents of \(file) have SHA-256 \(found), expected \(expected). \(Self.advice)"
        case .hashUnavailable(let reason):
            "No SHA-256 can be computed, so that nothing can be verified: libcrypto says “\(reason)”. "
                + "Check the configuration of the system's OpenSSL."
        case .otherDataset(let file, let expected, let found):
            "\(file) belongs to the data set \(found), expected \(expected). "
                + "Name the right folder, or ask for \(found)."
        case .countsDiffer(let images, let labels):
            "There are \(images) pictures but \(labels) labels; each picture needs one. "
                + "Use two files of the same split."
        case .labelOutOfRange(let label, let index, let valid):
            "The label at index \(index) is \(label), but with \(valid.count) classes labels are "
                + "\(valid.lowerBound) to \(valid.upperBound - 1). Use the label file of this data set."
        case .downloadFailed(let file, let failures):
            "\(file) could not be downloaded.\n"
                + failures.map { "  \($0)\n" }.joined()
                + "Try again later (an interrupted download is resumed). \(Self.otherWays)"
        case .downloaderUnusable(let reason):
            "Nothing can be downloaded: libcurl cannot be loaded (\(reason)). "
                + "Install it (on Debian and Ubuntu: apt-get install libcurl4). \(Self.otherWays)"
        }
    }

    /// What does without a download.
    private static let otherWays =
        "Or fetch the files by other means and name their folder: --data, DIGITS_DATA, or in Swift load(from:). "
        + "Or go without: --dataset synthetic, in Swift SyntheticSource()."

    private static let advice = "Delete it and fetch it again."

    private static func product(_ dimensions: [Int]) -> String {
        dimensions.map(String.init).joined(separator: "×")
    }
}

extension DatasetError {
    /// What the file system refused.
    init(_ error: FileError) {
        self =
            switch error.operation {
            case .read: .unreadable(file: error.path, reason: error.systemMessage)
            default: .unwritable(file: error.path, reason: error.systemMessage)
            }
    }

    /// The result of work on a file.
    /// - Throws: `DatasetError` in place of the work's error.
    static func check<Result>(
        _ work: @autoclosure () throws(FileError) -> Result
    ) throws(DatasetError) -> Result {
        do {
            return try work()
        } catch {
            throw DatasetError(error)
        }
    }
}
