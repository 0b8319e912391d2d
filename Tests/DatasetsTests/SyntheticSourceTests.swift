import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct SyntheticSourceTests {
    private let source = SyntheticSource(seed: 5, trainingCount: 300, testCount: 100)

    @Test func itIsDrawnWithoutFolderOrNetwork() async throws {
        let loaded = try await source.load()
        #expect(loaded.train.count == 300 && loaded.test.count == 100)
        #expect(loaded.train.images.shape == ImageShape(height: 28, width: 28))
        #expect(loaded.name == "synthetic" && loaded.classNames == (0...9).map(String.init))
        #expect(loaded.warnings.isEmpty)
    }

    @Test func itIsWhatItsDescriptionSays() async throws {
        let (description, loaded) = (source.description, try await source.load())
        #expect(description.name == loaded.name && description.classNames == loaded.classNames)
        #expect(description.imageShape == loaded.test.images.shape)
        #expect(description.count(of: .train) == 300 && description.count(of: .test) == 100)
        #expect(description.seed == 5)
    }

    @Test func partsAreThoseOfTheWhole() async throws {
        let whole = try await source.load()
        #expect(try await source.load(.test).images == whole.test)
        let first = try await source.load(.train, first: 7, progress: nil).images
        #expect(first == whole.train.subset(0..<7))
        #expect(try await source.load(.test, first: 999, progress: nil).images == whole.test)
        let longer = SyntheticSource(seed: 5, trainingCount: 400, testCount: 100)
        #expect(try await longer.load(.train).images.subset(0..<300) == whole.train)
    }

    @Test func trainingAndTestImagesAreDifferent() async throws {
        let loaded = try await source.load()
        #expect(Set(loaded.train.images).isDisjoint(with: loaded.test.images))
    }

    @Test func itsHashIsThatOfTheFilesItWouldLieIn() async throws {
        let folder = try TemporaryFolder()
        let loaded = try await source.load(.test)
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
        let other = SyntheticSource(seed: 6, trainingCount: 300, testCount: 100)
        #expect(try await source.load().sha256 != other.load().sha256)
    }
}
