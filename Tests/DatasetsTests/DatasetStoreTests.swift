import DataTestSupport
import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DatasetStoreTests {
    private let folder: TemporaryFolder
    private let small = SmallDataset()

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A store that looks only into the folder.
    private var store: DatasetStore {
        DatasetStore(directory: folder.url, cacheDirectory: folder.url.appendingPathComponent("cache"))
    }

    private var dataset: IDXDataset { small.description(mirrors: []) }

    private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

    // MARK: Finding

    @Test(arguments: ["", "small/"])
    func filesAreFoundInTheNamedFolderOrItsSubfolder(prefix: String) async throws {
        try small.write(to: folder, under: prefix)
        let location = try #require(try store.locate(dataset))
        #expect(!location.isInCache)
        #expect(location.files.count == 4)
        let loaded = try await store.load(dataset)
        #expect(Array(loaded.train.images.bytes) == small.trainPixels)
        #expect(loaded.train.labels == small.trainLabels.map(Int.init))
        #expect(loaded.test.count == 20)
        #expect(loaded.classNames == ["x", "y", "z"])
        #expect(loaded.warnings.isEmpty)
    }

    @Test func plainFilesAreFound() async throws {
        for (name, bytes) in small.archives {
            let url = try folder.write(bytes, as: name)
            let file = try IDXFile(contentsOf: url)
            try FileManager.default.removeItem(at: url)
            try folder.write(idx(file.dimensions, file.elements), as: String(name.dropLast(3)))
        }
        #expect(try await store.load(dataset).train.labels == small.trainLabels.map(Int.init))
    }

    @Test func missingFilesOfTheNamedFolderAreNamed() async throws {
        try small.write(to: folder)
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("a-labels.gz"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("b-images.gz"))
        let fault = DatasetError.filesMissing(
            names: ["a-labels.gz", "b-images.gz"], dataset: "small", directory: folder.url.path)
        #expect(throws: fault) { try store.locate(dataset) }
        await #expect(throws: fault) { try await store.load(dataset) }
        await #expect(throws: fault) { try await store.fetch(dataset) }
    }

    @Test func namedFolderNeverFallsBackToTheNetwork() async throws {
        let server = try LocalHTTPServer(files: small.archives)
        let reachable = small.description(mirrors: [server.url])
        await #expect(throws: DatasetError.self) { try await store.load(reachable) }
        await #expect(throws: DatasetError.self) { try await store.fetch(reachable) }
        #expect(server.requests.isEmpty)
    }

    @Test func emptyCacheHoldsNothing() throws {
        let store = DatasetStore(directory: nil, cacheDirectory: folder.url)
        #expect(try store.locate(dataset) == nil)
        #expect(try store.verify(dataset) == nil)
    }

    @Test func contradictedLabelsAreThoseOfTestImages() {
        for dataset in IDXDataset.known {
            let indices = dataset.description.contradictedTestLabels
            #expect(indices.allSatisfy { (0..<dataset.description.testCount).contains($0) })
            #expect(zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 })
        }
        #expect(DatasetDescription.mnist.contradictedTestLabels.count == 10)
    }

    @Test func knownNamesHaveSources() throws {
        for name in DatasetStore.knownNames {
            #expect(try store.source(named: name).description.name == name)
        }
        let source = try #require(try store.source(named: "kmnist") as? IDXSource)
        #expect(source.dataset == .kmnist)
        #expect(source.store.directory == store.directory)
    }

    @Test func unknownNameIsRefused() {
        #expect(
            throws: DatasetError.unknownDataset(
                name: "minst",
                known: [
                    "mnist", "fashion-mnist", "kmnist", "emnist-digits", "emnist-letters", "emnist-balanced",
                    "synthetic",
                ])
        ) { try store.source(named: "minst") }
    }

    @Test func aDescriptionSaysWhatItsFilesHold() {
        let description = SmallDataset(isTransposed: true).description(mirrors: []).description
        #expect(description.imageShape == ImageShape(height: 4, width: 5))
        #expect(description.count(of: .train) == 300 && description.count(of: .test) == 20)
        #expect(description.seed == nil)
    }

    @Test func aSourceLoadsWhatItsStoreLoads() async throws {
        try small.write(to: folder)
        let source = IDXSource(dataset, in: store)
        #expect(source.description == dataset.description)
        let loaded = try await source.load()
        #expect(try await loaded.sha256 == store.load(dataset).sha256)
        #expect(try await source.load(.test).images == loaded.test)
        #expect(try await source.load(.train, first: 7, progress: nil).images == loaded.train.subset(0..<7))
        #expect(loaded.train.images.shape == source.description.imageShape)
        #expect(Set(loaded.testFileHashes.keys) == ["b-images", "b-labels"])
    }

    // MARK: Loading

    @Test func oneSplitNeedsOnlyItsFiles() async throws {
        try small.write(to: folder)
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("a-images.gz"))
        try folder.write([1, 2, 3], as: "a-labels.gz")
        let loaded = try await store.load(.test, of: dataset)
        #expect(loaded.images.count == 20)
        #expect(Set(loaded.fileHashes.keys) == ["b-images", "b-labels"])
    }

    @Test func hashesNameTheContents() async throws {
        try small.write(to: folder)
        let loaded = try await store.load(dataset)
        #expect(loaded.fileHashes["a-images"] == small.sha256(of: "a-images.gz"))
        #expect(loaded.fileHashes.count == 4)

        let other = try TemporaryFolder()
        let otherSmall = SmallDataset(seed: 2)
        try otherSmall.write(to: other)
        let otherLoaded = try await DatasetStore(directory: other.url).load(
            otherSmall.description(mirrors: []))
        #expect(loaded.sha256.count == 64)
        #expect(loaded.sha256 != otherLoaded.sha256)
    }

    @Test func transposedImagesAreTurned() async throws {
        let small = SmallDataset(isTransposed: true)
        try small.write(to: folder)
        let images = try await store.load(small.description(mirrors: [])).train.images
        #expect(images.height == 4 && images.width == 5)
        for row in 0..<4 {
            for column in 0..<5 {
                #expect(images[7][row, column] == small.trainPixels[7 * 20 + column * 4 + row])
            }
        }
    }

    @Test func labelsMayBeginAtOne() async throws {
        let counted = SmallDataset(firstLabel: 1)
        try counted.write(to: folder)
        let labels = try await store.load(counted.description(mirrors: [])).train.labels
        #expect(labels == counted.trainLabels.map { Int($0) - 1 } && Set(labels) == [0, 1, 2])
        try folder.write(gzip(idx([300], [0] + counted.trainLabels.dropFirst())), as: "a-labels.gz")
        let unpublished = SmallDataset(publishesHashes: false, firstLabel: 1).description(mirrors: [])
        await #expect(throws: DatasetError.labelOutOfRange(label: 0, index: 0, valid: 1..<4)) {
            try await store.load(unpublished)
        }
    }

    @Test func lettersAreNamedAsTheirMakersNameThem() {
        let (letters, balanced) = (IDXDataset.emnistLetters, IDXDataset.emnistBalanced)
        #expect(
            letters.firstLabel == 1 && letters.description.classNames.joined() == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        )
        #expect(balanced.firstLabel == 0 && balanced.description.classNames.count == 47)
        // By the makers' list of ASCII codes.
        let names = balanced.description.classNames
        #expect([10, 35, 36, 38, 43, 44, 46].map { names[$0] } == ["A", "Z", "a", "d", "n", "q", "t"])
    }

    @Test func wrongHashIsRefused() async throws {
        try small.write(to: folder)
        var pixels = small.trainPixels
        pixels[99] ^= 1
        try folder.write(gzip(idx([300, 5, 4], pixels)), as: "a-images.gz")
        await #expect {
            try await store.load(dataset)
        } throws: { error in
            guard
                case .wrongHash(path("a-images.gz"), small.sha256(of: "a-images.gz"), _) = error
                    as? DatasetError
            else { return false }
            return true
        }
    }

    @Test func filesOfAnotherSplitAreRefused() async throws {
        try small.write(to: folder)
        try folder.write(try #require(small.archives["b-images.gz"]), as: "a-images.gz")
        await #expect(
            throws: DatasetError.wrongDimensions(
                file: path("a-images.gz"), expected: [300, 5, 4], found: [20, 5, 4])
        ) { try await store.load(dataset) }
    }

    @Test func labelBeyondTheClassesIsRefused() async throws {
        let small = SmallDataset(publishesHashes: false)
        try small.write(to: folder)
        var labels = small.trainLabels
        labels[17] = 3
        try folder.write(gzip(idx([300], labels)), as: "a-labels.gz")
        await #expect(throws: DatasetError.labelOutOfRange(label: 3, index: 17, valid: 0..<3)) {
            try await store.load(small.description(mirrors: []))
        }
    }

    @Test func contentsThatNothingVouchesForAreLoadedWithAWarning() async throws {
        let small = SmallDataset(publishesHashes: false)
        try small.write(to: folder)
        let loaded = try await store.load(small.description(mirrors: []))
        #expect(loaded.warnings.count == 4)
        #expect(
            loaded.warnings.contains(
                .unverified(file: path("a-images.gz"), sha256: small.sha256(of: "a-images.gz"))))
    }

    // MARK: Verifying

    @Test func verificationTellsEveryFile() throws {
        try small.write(to: folder)
        try folder.write(Array("<html>".utf8), as: "b-images.gz")
        let findings = try #require(try store.verify(dataset))
        #expect(
            findings.map(\.url.lastPathComponent) == [
                "a-images.gz", "a-labels.gz", "b-images.gz", "b-labels.gz",
            ])
        #expect(findings[0].outcome == .published(sha256: small.sha256(of: "a-images.gz")))
        #expect(findings[2].outcome == .failed(.webPage(file: path("b-images.gz"))))
        #expect(findings[3].outcome == .published(sha256: small.sha256(of: "b-labels.gz")))
    }

    @Test func recordedHashIsHeldAgainstTheContents() throws {
        let small = SmallDataset(publishesHashes: false)
        try small.write(to: folder)
        let right = small.sha256(of: "a-images.gz")
        let wrong = String(repeating: "0", count: 64)
        try folder.write(Array("\(right)  a-images\n\(wrong)  a-labels\nnonsense\n".utf8), as: "SHA256SUMS")
        let findings = try #require(try store.verify(small.description(mirrors: [])))
        #expect(findings[0].outcome == .recorded(sha256: right))
        #expect(
            findings[1].outcome
                == .failed(
                    .wrongHash(
                        file: path("a-labels.gz"), expected: wrong, found: small.sha256(of: "a-labels.gz"))))
        #expect(findings[2].outcome == .unknown(sha256: small.sha256(of: "b-images.gz")))
    }
}
