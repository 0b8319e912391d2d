import DataTestSupport
import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// Files with another number of images than is published: `SmallDataset` publishes 300 and 20.
@Suite struct PartTests {
    private let folder: TemporaryFolder
    /// No hash of its files is known.
    private let dataset = SmallDataset(publishesHashes: false).description(mirrors: [])

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A store that looks only into the folder.
    private var store: DatasetStore {
        DatasetStore(directory: folder.url, cacheDirectory: folder.url.appending(path: "cache"))
    }

    private var source: IDXSource { IDXSource(dataset, in: store) }

    private func path(_ name: String) -> String { folder.url.appending(path: name).path }

    private func images(_ count: Int, height: Int = 5, width: Int = 4) -> [UInt8] {
        idx([count, height, width], (0..<count * height * width).map { UInt8(truncatingIfNeeded: $0) })
    }

    private func labels(_ count: Int) -> [UInt8] { idx([count], (0..<count).map { UInt8($0 % 3) }) }

    /// Writes both splits, compressed or plain.
    private func write(train: Int, test: Int, compressed: Bool = false) throws {
        for (prefix, count) in [("a", train), ("b", test)] {
            for (name, bytes) in [("images", images(count)), ("labels", labels(count))] {
                try folder.write(
                    compressed ? gzip(bytes) : bytes, as: "\(prefix)-\(name)" + (compressed ? ".gz" : ""))
            }
        }
    }

    // MARK: What is accepted

    @Test(arguments: [false, true]) func itsCountsAreKnownBeforeItIsLoaded(compressed: Bool) async throws {
        try write(train: 7, test: 400, compressed: compressed)
        let description = source.description
        #expect(description.trainingCount == 7 && description.testCount == 400)
        #expect(description.imageShape == dataset.description.imageShape)
        let loaded = try await source.load()
        #expect(loaded.train.count == 7 && loaded.test.count == 400)
        #expect(loaded.train.labels == [0, 1, 2, 0, 1, 2, 0])
        #expect(Array(loaded.train.images.bytes) == (0..<7 * 20).map { UInt8($0) })
        #expect(try await source.load(.test).images == loaded.test)
        for count in [1, 7, 8] {
            #expect(
                try await source.load(.train, first: count, progress: nil).images
                    == loaded.train.subset(0..<min(count, 7)))
        }
    }

    @Test func eachSplitIsToldToBeOne() async throws {
        try write(train: 300, test: 12)
        let warning = DatasetWarning.otherCount(file: path("b-images"), found: 12, published: 20)
        #expect("\(warning)" == "\(path("b-images")) holds 12 pictures, not the 20 of the published file.")
        let loaded = try await source.load()
        #expect(loaded.warnings.count == 5 && loaded.warnings.first == warning)
        #expect(try await source.load(.test, first: 1, progress: nil).warnings.first == warning)
        #expect(try await source.load(.train).warnings.count == 2, "The training images are all there.")
        #expect(try store.locate(dataset)?.warnings == [warning])
        #expect(try await store.fetch(dataset).warnings == [warning])
    }

    @Test func oneSplitAloneIsCounted() throws {
        try folder.write(images(9), as: "b-images")
        try folder.write(labels(9), as: "b-labels")
        #expect(source.description.testCount == 9)
        #expect(source.description.trainingCount == 300, "Nothing else is known of what is missing.")
    }

    @Test func verificationHoldsAFileToItsHeader() throws {
        try write(train: 7, test: 5)
        try folder.write(labels(6), as: "a-labels")
        let findings = try #require(try store.verify(dataset)).map(\.outcome)
        #expect(
            findings[1]
                == .failed(.wrongDimensions(file: path("a-labels"), expected: [7], found: [6])))
        for index in [0, 2, 3] {
            guard case .unknown = findings[index] else {
                Issue.record("File \(index): \(findings[index])")
                continue
            }
        }
    }

    @Test func aRecordedHashOfTheWholeRefusesIt() async throws {
        try write(train: 7, test: 5)
        let hash = String(repeating: "0", count: 64)
        try folder.write(Array("\(hash)  a-images\n".utf8), as: "SHA256SUMS")
        let error = await #expect(throws: DatasetError.self) { try await source.load() }
        guard case .wrongHash(path("a-images"), hash, _) = error else {
            Issue.record("\(String(describing: error)) is not about the hash.")
            return
        }
    }

    @Test func contradictedLabelsAreNotThoseOfAPart() throws {
        let published = IDXDataset(
            name: "small", title: "Small", classNames: ["x", "y", "z"], mirrors: [], train: dataset.train,
            test: dataset.test, contradictedTestLabels: [3, 19])
        for (count, expected) in [(20, [3, 19]), (12, [])] {
            try write(train: 300, test: count)
            #expect(IDXSource(published, in: store).description.contradictedTestLabels == expected)
        }
    }

    // MARK: What is refused

    /// Loads both splits; expects that it fails, with the published counts or those that are given told before.
    private func refused(
        _ error: DatasetError, trainingCount: Int = 300, at location: SourceLocation = #_sourceLocation
    ) async {
        #expect(source.description.trainingCount == trainingCount, sourceLocation: location)
        await #expect(throws: error, sourceLocation: location) { try await source.load() }
    }

    @Test(arguments: [6, 8, 300]) func labelsOfAnotherNumberAreRefused(count: Int) async throws {
        try write(train: 7, test: 5)
        try folder.write(labels(count), as: "a-labels")
        await refused(
            .wrongDimensions(file: path("a-labels"), expected: [7], found: [count]), trainingCount: 7)
    }

    @Test(arguments: [(4, 5), (6, 4), (5, 0)])
    func imagesOfAnotherSizeAreRefused(height: Int, width: Int) async throws {
        try write(train: 7, test: 5)
        try folder.write(images(7, height: height, width: width), as: "a-images")
        await refused(
            .wrongDimensions(
                file: path("a-images"), expected: [300, 5, 4], found: [7, height, width]))
    }

    @Test func anEmptySetIsRefused() async throws {
        try write(train: 0, test: 5)
        await refused(.wrongDimensions(file: path("a-images"), expected: [300, 5, 4], found: [0, 5, 4]))
    }

    @Test(arguments: [false, true]) func aHeaderThatPromisesMoreIsRefused(compressed: Bool) async throws {
        let name = compressed ? "a-images.gz" : "a-images"
        try write(train: 7, test: 5, compressed: compressed)
        let bytes = Array(images(7).dropLast(3))
        try folder.write(compressed ? gzip(bytes) : bytes, as: name)
        await refused(
            .idxElementsMissing(file: path(name), expected: 140, found: 137), trainingCount: 7)
    }

    @Test func bytesBehindTheImagesAreRefused() async throws {
        try write(train: 7, test: 5)
        try folder.write(images(7) + [0], as: "a-images")
        await refused(.idxTrailingBytes(file: path("a-images"), expected: 140), trainingCount: 7)
    }

    @Test func aDamagedArchiveIsRefused() async throws {
        try write(train: 7, test: 5, compressed: true)
        var archive = gzip(images(7))
        archive[archive.count - 6] ^= 1
        try folder.write(archive, as: "a-images.gz")
        await refused(.gzipChecksum(file: path("a-images.gz")), trainingCount: 7)
    }

    @Test func aHeaderBeyondAllMeasureIsRefused() async throws {
        try write(train: 7, test: 5)
        try folder.write(idx([1 << 31, 5, 4], [1]), as: "a-images")
        await refused(
            .idxTooLarge(
                file: path("a-images"), dimensions: [1 << 31, 5, 4], limit: IDXFile.defaultElementLimit),
            trainingCount: 1 << 31)
    }

    @Test func whatIsNoIDXFileIsRefused() async throws {
        try write(train: 7, test: 5)
        try folder.write(Array("<html>".utf8), as: "a-images")
        await refused(.webPage(file: path("a-images")))
    }

    @Test func aPartOfADataSetWithHashesIsRefused() async throws {
        try write(train: 7, test: 5)
        let published = SmallDataset().description(mirrors: [])
        #expect(IDXSource(published, in: store).description == published.description)
        await #expect(
            throws: DatasetError.wrongDimensions(
                file: path("a-images"), expected: [300, 5, 4], found: [7, 5, 4])
        ) { try await store.load(published) }
    }

    @Test func aPartOfMNISTIsRefused() async throws {
        try folder.write(images(7, height: 28, width: 28), as: "t10k-images-idx3-ubyte")
        try folder.write(labels(7), as: "t10k-labels-idx1-ubyte")
        #expect(IDXSource(.mnist, in: store).description == .mnist)
        await #expect(
            throws: DatasetError.wrongDimensions(
                file: path("t10k-images-idx3-ubyte"), expected: [10_000, 28, 28], found: [7, 28, 28])
        ) { try await store.load(.test, of: .mnist) }
        #expect(try await store.load(.test, of: .kmnist).images.count == 7)
    }

    // MARK: The cache and the network

    @Test func aPartInTheCacheIsNoDataSet() async throws {
        let cache = DatasetStore(directory: nil, cacheDirectory: folder.url)
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "small"), withIntermediateDirectories: true)
        for (prefix, count) in [("a", 7), ("b", 5)] {
            try folder.write(images(count), as: "small/\(prefix)-images")
            try folder.write(labels(count), as: "small/\(prefix)-labels")
        }
        #expect(IDXSource(dataset, in: cache).description == dataset.description)
        await #expect(
            throws: DatasetError.wrongDimensions(
                file: path("small/b-images"), expected: [20, 5, 4], found: [5, 5, 4])
        ) { try await cache.load(.test, of: dataset) }
    }

    @Test func aPartIsNotDownloaded() async throws {
        let server = try LocalHTTPServer(files: ["a-images.gz": gzip(images(7))])
        let reachable = SmallDataset(publishesHashes: false).description(mirrors: [server.url])
        let cache = DatasetStore(directory: nil, cacheDirectory: folder.url)
        let error = await #expect(throws: DatasetError.self) { try await cache.fetch(reachable) }
        guard case .downloadFailed("a-images.gz", let failures) = error, failures.count == 1,
            case .refused(.wrongDimensions(_, [300, 5, 4], [7, 5, 4])) = failures[0].reason
        else {
            Issue.record("\(String(describing: error)) is not about the dimensions.")
            return
        }
    }
}
