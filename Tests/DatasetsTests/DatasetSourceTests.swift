import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// A source as another module can write one: bars of ink, lying in class 0 and upright in class 1.
private struct Bars: DatasetSource {
    let description = DatasetDescription(
        name: "bars", title: "Bars", classNames: ["lying", "upright"],
        imageShape: ImageShape(height: 2, width: 2), trainingCount: 4, testCount: 2)

    func load(progress: DownloadProgressHandler?) async throws -> ImageDataset {
        try ImageDataset(
            name: description.name, train: drawn(.train), test: drawn(.test),
            warnings: [.unverified(file: "bars", sha256: "")])
    }

    func load(
        _ split: DatasetSplit, first count: Int?, progress: DownloadProgressHandler?
    ) async throws -> LoadedSplit {
        let whole = try drawn(split)
        return LoadedSplit(
            images: whole.images.subset(0..<min(count ?? .max, whole.images.count)), fileHashes: [:])
    }

    private func drawn(_ split: DatasetSplit) throws(DatasetError) -> LoadedSplit {
        let labels = (0..<description.count(of: split)).map { $0 % 2 }
        let bytes: [UInt8] = labels.flatMap { $0 == 0 ? [255, 255, 0, 0] : [255, 0, 255, 0] }
        return LoadedSplit(
            images: try LabeledImages(
                images: ImageCollection(shape: description.imageShape, bytes: bytes[...]), labels: labels,
                classNames: description.classNames),
            fileHashes: [split.rawValue: "0\(labels.count)"],
            warnings: [.unverified(file: split.rawValue, sha256: "0\(labels.count)")])
    }
}

@Suite struct DatasetSourceTests {
    @Test func anotherModuleCanOfferASource() async throws {
        let source: any DatasetSource = Bars()
        let loaded = try await source.load()
        #expect(loaded.name == "bars" && loaded.classNames == ["lying", "upright"])
        #expect(loaded.train.labels == [0, 1, 0, 1] && loaded.test.labels == [0, 1])
        #expect(
            loaded.fileHashes == ["train": "04", "test": "02"] && loaded.testFileHashes == ["test": "02"])
        #expect(try loaded.sha256 == SHA256.hash(of: "02  test\n04  train\n"))
        #expect(
            loaded.warnings == [
                .unverified(file: "bars", sha256: ""), .unverified(file: "train", sha256: "04"),
                .unverified(file: "test", sha256: "02"),
            ])
    }

    @Test func anotherModulesSourceLoadsParts() async throws {
        let source: any DatasetSource = Bars()
        let first = try await source.load(.train, first: 3, progress: nil)
        #expect(first.images.labels == [0, 1, 0])
        #expect(first.fileHashes.isEmpty && first.warnings.isEmpty)
        #expect(try await source.load(.test).images.labels == [0, 1])
    }

    @Test func splitsThatDoNotBelongTogetherAreRefused() async {
        await #expect(processExitsWith: .trap) { try join(classNames: ["a", "b"], width: 2) }
        await #expect(processExitsWith: .trap) { try join(classNames: ["a", "c"], width: 1) }
        await #expect(processExitsWith: .success) { try join(classNames: ["a", "c"], width: 2) }
    }

    /// Before anything is looked for: the folder does not exist, which would be an error.
    @Test func noImagesAreNoPart() async {
        await #expect(processExitsWith: .trap) {
            let store = DatasetStore(directory: URL(fileURLWithPath: "/nowhere"))
            _ = try await IDXSource(.mnist, in: store).load(.test, first: 0, progress: nil)
        }
        await #expect(processExitsWith: .trap) {
            _ = try await SyntheticSource().load(.test, first: 0, progress: nil)
        }
    }
}

/// Joins a split of one image of two pixels' width, in the classes a and c, to another.
private func join(classNames: [String], width: Int) throws {
    func split(_ classNames: [String], _ width: Int) throws -> LoadedSplit {
        let images = ImageCollection(height: 1, width: width, bytes: [UInt8](repeating: 0, count: width)[...])
        return LoadedSplit(
            images: try LabeledImages(images: images, labels: [0], classNames: classNames), fileHashes: [:])
    }
    _ = try ImageDataset(name: "joined", train: split(["a", "c"], 2), test: split(classNames, width))
}
