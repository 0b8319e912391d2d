import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct SyntheticDatasetTests {
    private let folder: TemporaryFolder
    private let dataset = DatasetDescription.synthetic(seed: 5, trainingCount: 300, testCount: 100)
    /// Neither folder exists.
    private var store: DatasetStore {
        DatasetStore(
            directory: folder.url.appending(path: "nowhere"),
            cacheDirectory: folder.url.appending(path: "cache"))
    }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func itIsDrawnWithoutFolderOrNetwork() async throws {
        let loaded = try await store.load(dataset)
        #expect(loaded.train.count == 300 && loaded.test.count == 100)
        #expect(loaded.train.images.height == 28 && loaded.train.images.width == 28)
        #expect(loaded.name == "synthetic" && loaded.classNames == (0...9).map(String.init))
        #expect(loaded.warnings.isEmpty)
        #expect(try folder.names.isEmpty)
    }

    @Test func partsAreThoseOfTheWhole() async throws {
        let whole = try await store.load(dataset)
        #expect(try await store.load(.test, of: dataset).images == whole.test)
        let first = try await store.load(first: 7, .train, of: dataset).images
        #expect(first == whole.train.subset(0..<7))
        #expect(try await store.load(first: 999, .test, of: dataset).images == whole.test)
        let longer = DatasetDescription.synthetic(seed: 5, trainingCount: 400, testCount: 100)
        #expect(try await store.load(.train, of: longer).images.subset(0..<300) == whole.train)
    }

    @Test func trainingAndTestPicturesAreDifferent() async throws {
        let loaded = try await store.load(dataset)
        #expect(Set(loaded.train.images).isDisjoint(with: loaded.test.images))
    }

    @Test func itsHashIsThatOfTheFilesItWouldLieIn() async throws {
        let loaded = try await store.load(.test, of: dataset)
        try folder.write(
            [0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 28, 0, 0, 0, 28] + Array(loaded.images.images.bytes),
            as: "images")
        try folder.write([0, 0, 8, 1, 0, 0, 0, 100] + loaded.images.labels.map(UInt8.init), as: "labels")
        #expect(
            loaded.fileHashes == [
                "t10k-images-idx3-ubyte": try IDXFile(contentsOf: folder.url.appending(path: "images"))
                    .sha256,
                "t10k-labels-idx1-ubyte": try IDXFile(contentsOf: folder.url.appending(path: "labels"))
                    .sha256,
            ])
    }

    @Test func anotherSeedIsOtherData() async throws {
        let other = DatasetDescription.synthetic(seed: 6, trainingCount: 300, testCount: 100)
        #expect(try await store.load(dataset).sha256 != store.load(other).sha256)
    }

    @Test func itHasNoFiles() async throws {
        let drawn = DatasetError.drawn(dataset: "synthetic")
        #expect(throws: drawn) { try store.locate(dataset) }
        #expect(throws: drawn) { try store.verify(dataset) }
        await #expect(throws: drawn) { try await store.fetch(dataset) }
        #expect(
            "\(drawn)"
                == "The data set synthetic lies in no files: it is drawn anew whenever it is loaded. Just load it."
        )
    }
}
