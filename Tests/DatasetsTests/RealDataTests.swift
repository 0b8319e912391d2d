import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite(.enabled(if: RealData.isThere, RealData.skipped))
struct RealDataTests {
    private let folder: URL

    init() throws {
        folder = try #require(RealData.folder)
    }

    @Test func mnistIsLoadedAndVerified() async throws {
        let mnist = try await MNIST.load(from: folder)
        #expect(mnist.name == "mnist")
        #expect(mnist.train.count == 60_000)
        #expect(mnist.test.count == 10_000)
        #expect(mnist.train.labels.prefix(5) == [5, 0, 4, 1, 9])
        #expect(mnist.test.labels.prefix(5) == [7, 2, 1, 0, 4])
        #expect(mnist.train.images.height == 28 && mnist.train.images.width == 28)
        #expect(mnist.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
        #expect(mnist.warnings.isEmpty)
        for file in IDXDataset.mnist.files(of: [.train, .test]) {
            #expect(mnist.fileHashes[file.plainName] == file.sha256)
        }
    }

    @Test func meanAndDeviationAreThoseOfTheStandardisation() async throws {
        let pixels = try await MNIST.load(.train, from: folder).images.bytes
        let sum = pixels.reduce(0) { $0 + Int($1) }
        let squares = pixels.reduce(0) { $0 + Int($1) * Int($1) }
        let mean = Double(sum) / Double(pixels.count) / 255
        let deviation = (Double(squares) / Double(pixels.count) / (255 * 255) - mean * mean).squareRoot()
        // The usual figures have four decimals.
        #expect(abs(mean - 0.1307) < 0.00005)
        #expect(abs(deviation - 0.3081) < 0.00005)
    }

    @Test func oneSplitIsTheSameAlone() async throws {
        let test = try await MNIST.load(.test, from: folder)
        #expect(test == (try await MNIST.load(from: folder)).test)
    }

    @Test func verificationFindsThePublishedHashes() throws {
        let findings = try #require(try DatasetStore(directory: folder).verify(.mnist))
        #expect(
            findings.map(\.outcome)
                == IDXDataset.mnist.files(of: [.train, .test]).compactMap { file in
                    file.sha256.map { .published(sha256: $0) }
                })
        #expect(findings.count == 4)
    }

    @Test func mnistUnderTheNameOfASisterIsRefused() async throws {
        await #expect {
            try await KMNIST.load(.test, from: folder)
        } throws: { error in
            guard case .otherDataset(_, "kmnist", "mnist") = error as? DatasetError else { return false }
            return true
        }
    }
}
