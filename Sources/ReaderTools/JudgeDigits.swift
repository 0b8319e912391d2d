import ArgumentParser
import Compute
import DigitRecognition
import Foundation
import Imaging
import PictureReading
import ReaderTraining
import SyntheticDigits

/// Measures how well models of single digits read and how well their doubt tells what is no digit, all through the preparation of pictures.
struct JudgeDigits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how well models read single digits and refuse what is none.")

    @OptionGroup var options: ToolOptions
    @Option(help: "A shipped model or a model file; may be given several times.")
    var model = ["accurate", "reader"]
    @Option(help: "A folder of folders of pictures that are no digits, one for each kind.")
    var others: String?

    /// Seeds that nothing is trained with.
    private enum Seed {
        static let heldOut: UInt64 = 991
        static let outliers: UInt64 = 993
        static let negatives: UInt64 = 4242
    }
    /// The training images that `reader` is validated on.
    private static let heldOut = 55_000..<60_000
    /// Kinds that may hold a whole digit or nothing at all.
    private static let ambiguous: Set<NegativeKind> = [.merged, .text, .blank, .specks]

    /// Pictures of one kind.
    private struct OutlierSet {
        let name: String
        let pictures: [Image]
        /// Whether they are images as a network sees them already.
        var arePrepared = false
        /// Whether it counts for the sum of all.
        var isCounted = true
    }

    func run() async throws {
        let (train, test) = (try await options.load(.train), try await options.load(.test))
        let heldOut = train.subset(Self.heldOut)
        let scenes = PreparedDigits(images: heldOut.images, labels: heldOut.labels, seed: Seed.heldOut)
        let sets = try outlierSets(test)
        for name in model {
            let judge = DigitJudge(
                try PretrainedModel.named(name)?.model() ?? Model(contentsOf: name), threads: options.threads)
            let read = judge.readings(Array(test.images))
            print("== \(name)")
            print(
                "MNIST's test images alone: "
                    + "\(DigitJudge.accuracy(try judge.predictions(Array(test.images)), test.labels)), "
                    + "as pictures: \(DigitJudge.accuracy(read, test.labels))")
            let drawn = judge.readings(scenes, 0..<6000)
            print(
                "\(drawn.count) scenes of a held-out digit: "
                    + "\(DigitJudge.accuracy(drawn.map(\.prediction), drawn.map(\.label)))")
            let kept = DigitJudge.confidences(read)
            let doubtful = DigitJudge.confidences(
                judge.readings(Array(heldOut.images)) + drawn.map(\.prediction))
            print("0.5 % of held-out images and scenes are below \(DigitJudge.quantile(doubtful, 0.005))")
            print("kind, count, AUROC, share refused where 99 % of MNIST's test images are kept")
            var all: [Double] = []
            for set in sets {
                let confidences = DigitJudge.confidences(
                    set.arePrepared ? try judge.predictions(set.pictures) : judge.readings(set.pictures))
                if set.isCounted { all += confidences }
                print("\(set.name), \(DigitJudge.summary(of: confidences, against: kept))")
            }
            print("all but ambiguous ones, \(DigitJudge.summary(of: all, against: kept))")
        }
    }

    private func outlierSets(_ test: LabeledImages) throws -> [OutlierSet] {
        let generator = SceneGenerator(
            seed: Seed.negatives, digits: SceneDigits(images: test.images, labels: test.labels))
        let numbers = 0..<6000
        let negatives = generator.negatives(numbers, threads: options.threads).map(\.image)
        var sets = NegativeKind.allCases.map { kind in
            OutlierSet(
                name: "\(kind)",
                pictures: numbers.filter { generator.negativeKind($0) == kind }.map { negatives[$0] },
                isCounted: !Self.ambiguous.contains(kind))
        }
        let drawn = PreparedDigits(images: test.images, labels: test.labels, seed: Seed.outliers)
            .outliers(0..<3000, threads: options.threads)
        sets.append(
            OutlierSet(
                name: "joined, cut and turned digits, patterns", pictures: drawn, arePrepared: true))
        for digit in [2, 3, 4, 5, 7] {
            let turned = test.labels.indices.filter { test.labels[$0] == digit }.prefix(400).map {
                ImageOrientation.down.applied(to: test.images[$0])
            }
            sets.append(
                OutlierSet(name: "\(digit) upside down", pictures: turned, isCounted: false))
        }
        return try sets + otherSets()
    }

    private func otherSets() throws -> [OutlierSet] {
        guard let others else { return [] }
        func entries(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
        }
        return try entries(others).map { folder in
            let images = try entries(folder).map {
                try ImageDecoder().decode(Array(Data(contentsOf: URL(fileURLWithPath: $0)))).upright
            }
            return OutlierSet(name: URL(fileURLWithPath: folder).lastPathComponent, pictures: images)
        }
    }
}
