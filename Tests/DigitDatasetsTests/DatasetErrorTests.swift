import DigitDatasets
import Foundation
import Testing

@Suite struct DatasetErrorTests {
    private static let url = URL(fileURLWithPath: "/folder/file.gz")
    private static let errors: [DatasetError] = [
        .unreadable(file: url.path, reason: "Permission denied"),
        .unwritable(file: url.path, reason: "No space left on device"),
        .filesMissing(names: ["file.gz"], dataset: "mnist", directory: "/folder"),
        .gzipTruncated(file: url.path), .gzipDamaged(file: url.path, detail: "invalid block type"),
        .gzipChecksum(file: url.path), .gzipTrailingBytes(file: url.path), .webPage(file: url.path),
        .notIDX(file: url.path, start: [0x89, 0x50, 0x4e, 0x0a]), .idxElementType(file: url.path, code: 0x0d),
        .idxRankZero(file: url.path), .idxHeaderTruncated(file: url.path),
        .idxTooLarge(file: url.path, dimensions: [70_000, 70_000], limit: 10),
        .idxElementsMissing(file: url.path, expected: 7, found: 6),
        .idxTrailingBytes(file: url.path, expected: 7),
        .wrongDimensions(file: url.path, expected: [60_000, 28, 28], found: [10_000, 28, 28]),
        .wrongHash(file: url.path, expected: "aa", found: "bb"),
        .otherDataset(file: url.path, expected: "kmnist", found: "mnist"),
        .downloadFailed(file: "file.gz", failures: [MirrorFailure(url: url, reason: .status(404))]),
    ]

    @Test(arguments: errors)
    func everyDescriptionNamesTheFileAndIsASentence(error: DatasetError) {
        #expect("\(error)".contains("file.gz"))
        #expect("\(error)".hasSuffix("."))
    }

    @Test func descriptionsSayWhatWasExpected() {
        #expect(
            "\(DatasetError.wrongDimensions(file: "f", expected: [60_000, 28, 28], found: [10_000, 28, 28]))"
                == "f holds 10000×28×28 elements, expected 60000×28×28. "
                + "It belongs to another data set or split; put the right file in its place.")
        #expect(
            "\(DatasetError.notIDX(file: "f", start: [0x89, 0x50, 0x4e, 0x0a]))".contains(
                "the bytes 89 50 4e 0a"))
        #expect(
            "\(DatasetError.labelOutOfRange(label: 12, index: 3, classCount: 10))"
                == "The label at index 3 is 12, but with 10 classes labels are 0 to 9. "
                + "Use the label file of this data set.")
        #expect(
            "\(DatasetError.countsDiffer(images: 3, labels: 2))"
                == "There are 3 pictures but 2 labels; each picture needs one. Use two files of the same split."
        )
        #expect(
            "\(DatasetError.unknownDataset(name: "x", known: ["mnist", "kmnist"]))"
                == "There is no data set x. Known are mnist, kmnist.")
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
        let lines = "\(DatasetError.downloadFailed(file: "f.gz", failures: failures))".split(separator: "\n")
        #expect(lines.first == "f.gz could not be downloaded.")
        #expect(lines.dropFirst().dropLast().map(String.init) == reasons.map { "  \(mirror): \($0.1)" })
    }
}
