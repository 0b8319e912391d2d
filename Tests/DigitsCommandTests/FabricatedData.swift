import DataTestSupport
import Foundation
import TestSupport

/// Data sets in IDX files, as large as `fashion-mnist`, of which no SHA-256 is published.
///
/// Each is written once for all tests, when the first asks for it, and removed when they end; a test gets links to it,
/// through which nobody writes.
enum FabricatedData {
    static let testCount = 10_000
    private static let testImages = "t10k-images-idx3-ubyte"
    private static let testLabels = "t10k-labels-idx1-ubyte"

    /// Puts the test split into a folder, which is made. Picture `n` has every pixel of its first `1 + n % 28` rows full of
    /// ink; its label is `n % 10`.
    /// - Parameters:
    ///   - labelCount: The labels that are written; the header says so, too.
    ///   - label: Makes the label of a picture.
    static func writeTestSplit(
        to folder: URL, labelCount: Int = testCount, label: (Int) -> UInt8 = { UInt8($0 % 10) }
    ) throws {
        try link([testImages], of: rows.get(), into: folder)
        try Data(idx([labelCount], (0..<labelCount).map(label))).write(
            to: folder.appending(path: testLabels))
    }

    /// Puts both splits into a folder, which is made. They are easy to learn: the ink of a picture is a bar of four rows,
    /// and where it lies tells the label, `n % 10`.
    static func writeBothSplits(to folder: URL) throws {
        let bars = try bars.get()
        try link(bars.names, of: bars, into: folder)
    }

    private static func link(_ names: [String], of files: TemporaryFolder, into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in names {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name), withDestinationURL: files.url.appending(path: name))
        }
    }

    private static let rows: Result<TemporaryFolder, any Error> = Result {
        atexit { _ = try? FabricatedData.rows.get().remove() }
        let folder = try TemporaryFolder()
        var pixels: [UInt8] = []
        for index in 0..<testCount {
            let inked = 28 * (1 + index % 28)
            pixels += repeatElement(255, count: inked)
            pixels += repeatElement(0, count: 28 * 28 - inked)
        }
        try folder.write(idx([testCount, 28, 28], pixels), as: testImages)
        return folder
    }

    private static let bars: Result<TemporaryFolder, any Error> = Result {
        atexit { _ = try? FabricatedData.bars.get().remove() }
        let folder = try TemporaryFolder()
        var ten: [UInt8] = []
        for label in 0..<10 {
            ten += repeatElement(0, count: 28 * (2 * label + 2))
            ten += repeatElement(255, count: 28 * 4)
            ten += repeatElement(0, count: 28 * (22 - 2 * label))
        }
        for (name, count) in [("train", 60_000), ("t10k", testCount)] {
            let pixels = Array(repeatElement(ten, count: count / 10).joined())
            let labels = (0..<count).map { UInt8($0 % 10) }
            try folder.write(idx([count, 28, 28], pixels), as: "\(name)-images-idx3-ubyte")
            try folder.write(idx([count], labels), as: "\(name)-labels-idx1-ubyte")
        }
        return folder
    }
}
