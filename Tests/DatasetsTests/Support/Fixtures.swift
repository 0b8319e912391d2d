import CZlib
import DataTestSupport
import Datasets
import Foundation
import TestSupport

/// A gzip archive of the bytes.
func gzip(_ bytes: [UInt8], level: Int32 = Z_DEFAULT_COMPRESSION) -> [UInt8] {
    var stream = z_stream()
    precondition(
        deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { deflateEnd(&stream) }
    var archive = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    var input = bytes
    input.withUnsafeMutableBufferPointer { input in
        archive.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        }
    }
    return Array(archive.prefix(Int(stream.total_out)))
}

/// A small data set: 300 training and 20 test pictures of 5×4 noise pixels, in three classes.
struct SmallDataset {
    /// The files as a mirror holds them, by name.
    let archives: [String: [UInt8]]
    let trainPixels: [UInt8]
    let trainLabels: [UInt8]

    private let publishesHashes: Bool
    private let isTransposed: Bool
    private let firstLabel: Int
    private let contents: [String: [UInt8]]

    init(publishesHashes: Bool = true, isTransposed: Bool = false, firstLabel: UInt8 = 0, seed: UInt64 = 1) {
        var state = seed
        func noise(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
        }
        trainPixels = noise(300 * 20)
        trainLabels = noise(300).map { $0 % 3 + firstLabel }
        contents = [
            "a-images.gz": idx([300, 5, 4], trainPixels), "a-labels.gz": idx([300], trainLabels),
            "b-images.gz": idx([20, 5, 4], noise(20 * 20)),
            "b-labels.gz": idx([20], noise(20).map { $0 % 3 + firstLabel }),
        ]
        archives = contents.mapValues { gzip($0) }
        self.publishesHashes = publishesHashes
        self.isTransposed = isTransposed
        self.firstLabel = Int(firstLabel)
    }

    /// The description, with the given mirrors.
    func description(mirrors: [URL]) -> IDXDataset {
        func file(_ name: String, _ dimensions: [Int]) -> DatasetFile {
            DatasetFile(name: name, dimensions: dimensions, sha256: publishesHashes ? sha256(of: name) : nil)
        }
        return IDXDataset(
            name: "small", title: "Small", classNames: ["x", "y", "z"], isTransposed: isTransposed,
            firstLabel: firstLabel, mirrors: mirrors,
            train: SplitFiles(images: file("a-images.gz", [300, 5, 4]), labels: file("a-labels.gz", [300])),
            test: SplitFiles(images: file("b-images.gz", [20, 5, 4]), labels: file("b-labels.gz", [20])))
    }

    /// SHA-256 of a file's decompressed contents.
    func sha256(of name: String) -> String {
        guard let hash = try? SHA256() else { fatalError("libcrypto has no SHA-256.") }
        contents[name]?.withUnsafeBytes { hash.update($0) }
        return hash.digest()
    }

    /// Writes all files into a folder.
    func write(to folder: TemporaryFolder, under prefix: String = "") throws {
        for (name, bytes) in archives { try folder.write(bytes, as: prefix + name) }
    }
}
