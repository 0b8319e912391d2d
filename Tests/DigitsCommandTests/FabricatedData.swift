import DataTestSupport
import Foundation

/// Small data sets in the IDX files of `fashion-mnist`, of which no SHA-256 is published, so that they may hold any number
/// of pictures.
enum FabricatedData {
    static let trainingCount = 600
    static let testCount = 200

    /// Writes the test split into a folder, which is made. Picture `n` has every pixel of its first `1 + n % 28` rows full of
    /// ink; its label is `n % 10`.
    /// - Parameters:
    ///   - labelCount: The labels that are written where they are not as many as the pictures; the header says so, too.
    ///   - label: Makes the label of a picture.
    static func writeTestSplit(
        to folder: URL, count: Int = testCount, labelCount: Int? = nil,
        label: (Int) -> UInt8 = { UInt8($0 % 10) }
    ) throws {
        try write(
            "t10k", to: folder,
            pixels: (0..<count).flatMap { bar(of: 1 + $0 % 28, at: 0) },
            labels: (0..<(labelCount ?? count)).map(label))
    }

    /// Writes both splits into a folder, which is made. They are easy to learn: the ink of a picture is a bar of four rows,
    /// and where it lies tells the label, `n % 10`.
    static func writeBothSplits(to folder: URL) throws {
        for (name, count) in [("train", trainingCount), ("t10k", testCount)] {
            let labels = (0..<count).map { $0 % 10 }
            try write(
                name, to: folder, pixels: labels.flatMap { bar(of: 4, at: 2 * $0 + 2) },
                labels: labels.map(UInt8.init))
        }
    }

    /// The pixels of a picture whose ink is some of its rows.
    private static func bar(of rows: Int, at top: Int) -> [UInt8] {
        (0..<28).flatMap { row in
            repeatElement((top..<top + rows).contains(row) ? 255 : 0, count: 28)
        }
    }

    private static func write(_ name: String, to folder: URL, pixels: [UInt8], labels: [UInt8]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(idx([pixels.count / (28 * 28), 28, 28], pixels)).write(
            to: folder.appending(path: "\(name)-images-idx3-ubyte"))
        try Data(idx([labels.count], labels)).write(
            to: folder.appending(path: "\(name)-labels-idx1-ubyte"))
    }
}
