import DataTestSupport
import Datasets
import Foundation
import TestSupport
import Testing

/// Loading the first pictures of a split without the rest of their file.
@Suite struct FirstImagesTests {
    private let folder: TemporaryFolder
    private let small = SmallDataset()

    init() throws {
        folder = try TemporaryFolder()
        try small.write(to: folder)
    }

    private var store: DatasetStore {
        DatasetStore(directory: folder.url, cacheDirectory: folder.url.appending(path: "cache"))
    }

    private var dataset: IDXDataset { small.description(mirrors: []) }

    @Test(arguments: [1, 7, 299, 300, 1000])
    func theyAreThoseOfTheWholeSplit(count: Int) async throws {
        let whole = try await store.load(.train, of: dataset).images
        let first = try await store.load(first: count, .train, of: dataset).images
        #expect(first == whole.subset(0..<min(count, 300)))
    }

    @Test func transposedImagesComeOutUpright() async throws {
        let transposed = SmallDataset(isTransposed: true).description(mirrors: [])
        let whole = try await store.load(.train, of: transposed).images
        #expect(try await store.load(first: 3, .train, of: transposed).images == whole.subset(0..<3))
    }

    @Test func anArchiveThatEndsBeforeThemIsRefused() async throws {
        let archive = try #require(small.archives["a-images.gz"])
        let url = try folder.write(Array(archive.prefix(100)), as: "a-images.gz")
        await #expect(throws: DatasetError.gzipTruncated(file: url.path)) {
            try await store.load(first: 200, .train, of: dataset)
        }
    }

    /// Three bytes far behind the first picture are changed, before and after the file was found good.
    @Test(arguments: [false, true]) func damageBehindThemIsSeen(afterVerification: Bool) async throws {
        if afterVerification { _ = try await store.load(first: 1, .train, of: dataset) }
        var archive = try #require(small.archives["a-images.gz"])
        archive[archive.count - 10] ^= 0xff
        _ = try folder.write(archive, as: "a-images.gz")
        await #expect(throws: DatasetError.self) { try await store.load(first: 1, .train, of: dataset) }
    }

    /// Only what was hashed is among the hashes.
    @Test func aVerifiedFileIsNotHashedAgain() async throws {
        let first = try await store.load(first: 1, .train, of: dataset)
        let second = try await store.load(first: 1, .train, of: dataset)
        #expect(first.fileHashes.count == 2 && second.fileHashes.isEmpty)
        #expect(first.images == second.images)
    }

    @Test(arguments: [false, true]) func labelsAreVerifiedInFull(afterVerification: Bool) async throws {
        if afterVerification { _ = try await store.load(first: 1, .train, of: dataset) }
        let url = try folder.write(gzip(idx([300], Array(repeating: 0, count: 300))), as: "a-labels.gz")
        let error = await #expect(throws: DatasetError.self) {
            try await store.load(first: 1, .train, of: dataset)
        }
        guard case .wrongHash(url.path, _, _) = error else {
            Issue.record("\(String(describing: error)) is not about the hash.")
            return
        }
    }
}
