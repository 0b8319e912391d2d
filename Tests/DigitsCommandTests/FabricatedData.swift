import Foundation

/// A data set in IDX files that a test writes: as large as `fashion-mnist`, of which no SHA-256 is published.
///
/// Picture `n` has every pixel of its first `1 + n % 28` rows full of ink; its label is `n % 10`.
enum FabricatedData {
    static let testCount = 10_000

    /// Writes the test split into a folder, which is made.
    /// - Parameters:
    ///   - labelCount: The labels that are written; the header says so, too.
    ///   - label: Makes the label of a picture.
    static func writeTestSplit(
        to folder: URL, labelCount: Int = testCount, label: (Int) -> UInt8 = { UInt8($0 % 10) }
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var images = header(dimensions: [testCount, 28, 28])
        for index in 0..<testCount {
            let inked = 28 * (1 + index % 28)
            images.append(contentsOf: Data(repeating: 255, count: inked))
            images.append(contentsOf: Data(repeating: 0, count: 28 * 28 - inked))
        }
        try images.write(to: folder.appending(path: "t10k-images-idx3-ubyte"))
        let labels = header(dimensions: [labelCount]) + (0..<labelCount).map(label)
        try labels.write(to: folder.appending(path: "t10k-labels-idx1-ubyte"))
    }

    /// Writes both splits into a folder, which is made. They are easy to learn: the ink of a picture is a bar of four
    /// rows, and where it lies tells the label, `n % 10`.
    static func writeBothSplits(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var ten = Data()
        for label in 0..<10 {
            ten.append(Data(repeating: 0, count: 28 * (2 * label + 2)))
            ten.append(Data(repeating: 255, count: 28 * 4))
            ten.append(Data(repeating: 0, count: 28 * (22 - 2 * label)))
        }
        for (name, count) in [("train", 60_000), ("t10k", testCount)] {
            var images = header(dimensions: [count, 28, 28])
            var labels = header(dimensions: [count])
            for _ in 0..<count / 10 {
                images.append(ten)
                labels.append(contentsOf: 0..<10)
            }
            try images.write(to: folder.appending(path: "\(name)-images-idx3-ubyte"))
            try labels.write(to: folder.appending(path: "\(name)-labels-idx1-ubyte"))
        }
    }

    private static func header(dimensions: [Int]) -> Data {
        var header = Data([0, 0, 8, UInt8(dimensions.count)])
        for dimension in dimensions {
            for shift in [24, 16, 8, 0] { header.append(UInt8(dimension >> shift & 0xFF)) }
        }
        return header
    }
}

/// The real MNIST, where the environment names its folder.
enum RealData {
    static let folder = ProcessInfo.processInfo.environment["DIGITS_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    static let isThere = folder != nil
    static let skipped = "Skipped: DIGITS_DATA names no folder with the real MNIST."
}
