import DataTestSupport
import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct IDXFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(
        _ bytes: [UInt8], expecting dimensions: [Int]? = nil, elementLimit: Int = IDXFile.defaultElementLimit
    ) throws -> IDXFile {
        try IDXFile(
            contentsOf: folder.write(bytes, as: "file"), expecting: dimensions, elementLimit: elementLimit)
    }

    private var path: String { folder.url.appendingPathComponent("file").path }

    // MARK: What is accepted

    @Test(arguments: [[3], [2, 3], [2, 2, 3], [1, 1, 1, 1, 1, 1, 1, 2], [0], [0, 28, 28]])
    func everyRankIsReadPlainAndCompressed(dimensions: [Int]) throws {
        let elements = (0..<dimensions.reduce(1, *)).map { UInt8($0 * 7) }
        let bytes = idx(dimensions, elements)
        let plain = try read(bytes)
        #expect(plain.dimensions == dimensions)
        #expect(plain.elements == elements)
        #expect(try read(gzip(bytes)) == plain)
    }

    @Test func hashIsThatOfTheDecompressedFile() throws {
        // printf '\0\0\10\1\0\0\0\2\5\7' | sha256sum
        let file = try read(gzip(idx([2], [5, 7])))
        #expect(file.sha256 == "9355fbc0fa2cdea18f8cefbe8bcff7c09df637f1bf51b2810113e50861f7dbc4")
    }

    @Test func archiveOfSeveralMembersIsRead() throws {
        let bytes = idx([6], [1, 2, 3, 4, 5, 6])
        let file = try read(gzip(Array(bytes.prefix(9))) + gzip(Array(bytes.dropFirst(9))))
        #expect(file.elements == [1, 2, 3, 4, 5, 6])
    }

    @Test func largeFilesAreReadPieceByPiece() throws {
        let elements = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        #expect(try read(gzip(idx([1_000_003], elements))).elements == elements)
        #expect(try read(gzip(idx([1_000_003], elements), level: 0)).elements == elements)
    }

    // MARK: What is refused

    @Test func missingFileIsRefused() {
        let url = folder.url.appendingPathComponent("nothing")
        #expect(throws: DatasetError.unreadable(file: url.path, reason: "No such file or directory")) {
            try IDXFile(contentsOf: url)
        }
    }

    @Test func folderIsRefused() {
        #expect(throws: DatasetError.unreadable(file: folder.url.path, reason: "Is a directory")) {
            try IDXFile(contentsOf: folder.url)
        }
    }

    @Test(arguments: 0..<16)
    func headerTruncatedAnywhereIsRefused(length: Int) throws {
        let bytes = Array(idx([1, 2, 3], [1, 2, 3, 4, 5, 6]).prefix(length))
        #expect(throws: DatasetError.idxHeaderTruncated(file: path)) { try read(bytes) }
        #expect(throws: DatasetError.idxHeaderTruncated(file: path)) { try read(gzip(bytes)) }
    }

    @Test(arguments: 16..<22)
    func elementsTruncatedAnywhereAreRefused(length: Int) throws {
        let bytes = Array(idx([1, 2, 3], [1, 2, 3, 4, 5, 6]).prefix(length))
        let fault = DatasetError.idxElementsMissing(file: path, expected: 6, found: length - 16)
        #expect(throws: fault) { try read(bytes) }
        #expect(throws: fault) { try read(gzip(bytes)) }
    }

    @Test func trailingBytesAreRefused() {
        let bytes = idx([2], [1, 2, 3])
        #expect(throws: DatasetError.idxTrailingBytes(file: path, expected: 2)) { try read(bytes) }
        #expect(throws: DatasetError.idxTrailingBytes(file: path, expected: 2)) { try read(gzip(bytes)) }
    }

    @Test(arguments: [[1, 0], [0, 1], [0x89, 0x50]])
    func otherFirstBytesAreRefused(start: [UInt8]) {
        #expect(throws: DatasetError.notIDX(file: path, start: start + [8, 1])) {
            try read(start + [8, 1, 0, 0, 0, 0])
        }
    }

    @Test(arguments: [0x00, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0xff] as [UInt8])
    func otherElementTypesAreRefused(code: UInt8) {
        #expect(throws: DatasetError.idxElementType(file: path, code: code)) {
            try read([0, 0, code, 1, 0, 0, 0, 1, 5])
        }
    }

    @Test func rankZeroIsRefused() {
        #expect(throws: DatasetError.idxRankZero(file: path)) { try read([0, 0, 8, 0, 1]) }
    }

    @Test func moreElementsThanAcceptedAreRefused() throws {
        #expect(try read(idx([2, 3], [0, 0, 0, 0, 0, 0]), elementLimit: 6).elements.count == 6)
        #expect(throws: DatasetError.idxTooLarge(file: path, dimensions: [2, 3], limit: 5)) {
            try read(idx([2, 3], [0, 0, 0, 0, 0, 0]), elementLimit: 5)
        }
    }

    @Test(arguments: [
        [0xffff_ffff], [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1 << 16, 1 << 16, 1 << 16, 1 << 16],
    ])
    func overflowingProductIsRefused(dimensions: [Int]) {
        #expect(
            throws: DatasetError.idxTooLarge(
                file: path, dimensions: dimensions, limit: IDXFile.defaultElementLimit)
        ) { try read(idx(dimensions, [1])) }
    }

    @Test func zeroDoesNotHideAnOverflow() {
        let dimensions = [0, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff]
        #expect(
            throws: DatasetError.idxTooLarge(
                file: path, dimensions: dimensions, limit: IDXFile.defaultElementLimit)
        ) { try read(idx(dimensions, [])) }
    }

    @Test func otherDimensionsThanExpectedAreRefused() throws {
        #expect(try read(idx([2], [1, 2]), expecting: [2]).elements == [1, 2])
        #expect(throws: DatasetError.wrongDimensions(file: path, expected: [1, 2], found: [2])) {
            try read(idx([2], [1, 2]), expecting: [1, 2])
        }
    }

    @Test(arguments: ["<!DOCTYPE html><html>", " \r\n\t<html>", "\u{feff}<html>", "<a>"])
    func webPageIsRefusedAsSuch(page: String) {
        #expect(throws: DatasetError.webPage(file: path)) { try read(Array(page.utf8)) }
    }
}
