import Datasets
import Foundation
import Testing

private let fileURL = URL(fileURLWithPath: "/folder/file.gz")
private let path = fileURL.path
private let errors: [DatasetError] = [
    .unreadable(file: path, reason: "Permission denied"),
    .unwritable(file: path, reason: "No space left on device"),
    .filesMissing(names: ["file.gz"], dataset: "mnist", directory: "/folder"),
    .gzipTruncated(file: path), .gzipDamaged(file: path, detail: "invalid block type"),
    .gzipChecksum(file: path), .gzipTrailingBytes(file: path), .webPage(file: path),
    .notIDX(file: path, start: [0x89, 0x50, 0x4e, 0x0a]), .idxElementType(file: path, code: 0x0d),
    .idxRankZero(file: path), .idxHeaderTruncated(file: path),
    .idxTooLarge(file: path, dimensions: [70_000, 70_000], limit: 10),
    .idxElementsMissing(file: path, expected: 7, found: 6),
    .idxTrailingBytes(file: path, expected: 7),
    .wrongDimensions(file: path, expected: [60_000, 28, 28], found: [10_000, 28, 28]),
    .wrongHash(file: path, expected: "aa", found: "bb"),
    .otherDataset(file: path, expected: "kmnist", found: "mnist"),
    .downloadFailed(file: "file.gz", failures: [MirrorFailure(url: fileURL, reason: .status(404))]),
]

@Suite struct DatasetErrorTests {
    @Test(arguments: errors)
    func everyDescriptionNamesTheFileAndIsASentence(error: DatasetError) {
        #expect("\(error)".contains("file.gz"))
        #expect("\(error)".hasSuffix("."))
    }

    @Test func descriptionsSayWhatWasExpected() {
        expect(
            .wrongDimensions(file: "f", expected: [60_000, 28, 28], found: [10_000, 28, 28]),
            "f holds 10000×28×28 elements, expected 60000×28×28. "
                + "It belongs to another data set or split; put the right file in its place.")
        expect(
            .notIDX(file: "f", start: [0x89, 0x50, 0x4e, 0x0a]),
            "f is neither a gzip archive nor an IDX file: it begins with the bytes 89 50 4e 0a, "
                + "expected 00 00 08. Delete it and fetch it again.")
        expect(
            .labelOutOfRange(label: 12, index: 3, valid: 0..<10),
            "The label at index 3 is 12, but with 10 classes labels are 0 to 9. "
                + "Use the label file of this data set.")
        expect(
            .countsDiffer(images: 3, labels: 2),
            "There are 3 pictures but 2 labels; each picture needs one. Use two files of the same split.")
        expect(
            .unknownDataset(name: "x", known: ["mnist", "kmnist"]),
            "There is no data set x. Known are mnist, kmnist.")
        expect(
            .hashUnavailable(reason: "unsupported"),
            "No SHA-256 can be computed, so that nothing can be verified: libcrypto says “unsupported”. "
                + "Check the configuration of the system's OpenSSL.")
        expect(
            .downloaderUnusable(reason: "libcurl.so.4: No such file"),
            "Nothing can be downloaded: libcurl cannot be loaded (libcurl.so.4: No such file). "
                + "Install it (on Debian and Ubuntu: apt-get install libcurl4). Or fetch the files by other means and name "
                + "their folder: --data, DIGITS_DATA, or in Swift load(from:). Or go without: --dataset synthetic, in Swift "
                + "SyntheticSource().")
    }

    private func expect(
        _ error: DatasetError, _ description: String, at location: SourceLocation = #_sourceLocation
    ) {
        #expect(error.description == description, sourceLocation: location)
    }

    @Test func failedDownloadListsMirrorAndReason() throws {
        let mirror = try #require(URL(string: "https://example.org/f.gz"))
        let reasons: [(MirrorFailure.Reason, String)] = [
            (.unreachable("refused"), "no answer (refused)."),
            (.status(500), "the server answered with status 500 instead of the file."),
            (.webPage, "the server sent a web page instead of the file."),
            (.interrupted(received: 5, expected: 10), "the connection broke after 5 of 10 bytes."),
            (.interrupted(received: 5, expected: nil), "the connection broke after 5 bytes."),
            (.stalled(seconds: 30, received: 5), "nothing arrived for 30 seconds after 5 bytes."),
        ]
        let failures = reasons.map { MirrorFailure(url: mirror, reason: $0.0) }
        let error = DatasetError.downloadFailed(file: "f.gz", failures: failures)
        let lines = error.description.split(separator: "\n").map(String.init)
        let expected = reasons.map { "  https://example.org/f.gz: \($0.1)" }
        #expect(lines.first == "f.gz could not be downloaded.")
        #expect(Array(lines[1..<lines.count - 1]) == expected)
    }
}
