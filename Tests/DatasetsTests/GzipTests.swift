import DataTestSupport
import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct GzipTests {
    private let folder: TemporaryFolder
    private let contents: [UInt8]
    private let archive: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        contents = idx([80], (0..<80).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 2) })
        archive = gzip(contents)
    }

    private func read(_ bytes: [UInt8]) throws -> IDXFile {
        try IDXFile(contentsOf: folder.write(bytes, as: "file.gz"))
    }

    private var path: String { folder.url.appendingPathComponent("file.gz").path }

    @Test func archiveTruncatedAnywhereIsRefused() throws {
        for length in 2..<archive.count {
            #expect(
                throws: DatasetError.gzipTruncated(file: path), "first \(length) of \(archive.count) bytes"
            ) {
                try read(Array(archive.prefix(length)))
            }
        }
    }

    @Test func wrongChecksumIsRefused() {
        var damaged = archive
        damaged[archive.count - 8] ^= 1
        #expect(throws: DatasetError.gzipChecksum(file: path)) { try read(damaged) }
    }

    @Test func wrongLengthIsRefused() {
        var damaged = archive
        damaged[archive.count - 1] ^= 1
        #expect(throws: DatasetError.gzipChecksum(file: path)) { try read(damaged) }
    }

    @Test func damagedBytesAreRefused() {
        var damaged = archive
        // The type of the first block: 3 is none.
        damaged[10] |= 0b110
        #expect(throws: DatasetError.gzipDamaged(file: path, detail: "invalid block type")) {
            try read(damaged)
        }
    }

    @Test func otherCompressionMethodIsRefused() {
        var damaged = archive
        damaged[2] = 7
        #expect(throws: DatasetError.gzipDamaged(file: path, detail: "unknown compression method")) {
            try read(damaged)
        }
    }

    @Test func noFlippedBitChangesTheContents() {
        // After the header of 10 bytes, whose time and system may be anything. Bits that only fill the last byte of
        // the compressed data may be anything too.
        var unnoticed = 0
        for bit in 80..<archive.count * 8 {
            var damaged = archive
            damaged[bit / 8] ^= 1 << (bit % 8)
            if let file = try? read(damaged) {
                unnoticed += 1
                #expect(file.elements == Array(contents[8...]), "bit \(bit)")
            }
        }
        #expect(unnoticed < 8)
    }

    @Test func bytesAfterTheArchiveAreRefused() {
        #expect(throws: DatasetError.gzipTrailingBytes(file: path)) { try read(archive + [0]) }
        #expect(throws: DatasetError.gzipTrailingBytes(file: path)) { try read(archive + Array("more".utf8)) }
    }

    @Test func archiveThatExpandsWithoutEndIsGivenUpAfterTheFile() {
        // 50 MB of zeros in 50 kB, behind a file of 4 elements.
        let bomb = gzip(idx([4], [1, 2, 3, 4]) + [UInt8](repeating: 0, count: 50_000_000))
        #expect(throws: DatasetError.idxTrailingBytes(file: path, expected: 4)) { try read(bomb) }
    }
}
