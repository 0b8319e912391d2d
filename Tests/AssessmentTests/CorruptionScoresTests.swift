import Assessment
import DataTestSupport
import DigitRecognition
import Testing

/// Accuracy under MNIST-C's corruptions.
struct CorruptionScoresTests {
    private func predictor(threads: Int = 1, size: Int = 28) throws -> Predictor {
        let model = try Model(input: [size, size, 1], seed: 1) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01))
        if size == 28 { try model.fit(drawnDigits(200), epochs: 5) }
        return Predictor(model, threads: threads)
    }

    @Test func eachScoreIsThatOfCorruptingByHand() throws {
        let images = try drawnDigits(100, seed: 9)
        let scores = try predictor().corruptionScores(on: images)
        let expected = try CommonCorruption.allCases.map { corruption in
            let corrupted = images.images.enumerated().map {
                corruption.applied(to: $0.element, place: $0.offset)
            }
            return zip(try predictor().predict(corrupted), images.labels).count { $0.label == $1 }
        }
        #expect(scores.scores.map(\.corruption) == CommonCorruption.allCases)
        #expect(scores.scores.map(\.accuracy.correct) == expected)
        #expect(scores.scores.allSatisfy { $0.accuracy.count == 100 })
        #expect(abs(scores.meanAccuracy - Double(expected.reduce(0, +)) / 1500) < 1e-12)
        // Numbers that tell corruptions apart.
        #expect(Set(expected).count >= 5)
    }

    /// An image is corrupted as in the whole set, however few are taken.
    @Test func evenlySpreadImagesKeepTheirPlaces() throws {
        let images = try drawnDigits(100, seed: 9)
        let scores = try predictor().corruptionScores(on: images, under: [.fog, .impulseNoise], limit: 30)
        let taken = (0..<30).map { $0 * 100 / 30 }
        for score in scores.scores {
            let corrupted = taken.map { score.corruption.applied(to: images.images[$0], place: $0) }
            let right = zip(try predictor().predict(corrupted), taken).count { $0.label == images.labels[$1] }
            #expect(score.accuracy.correct == right && score.accuracy.count == 30)
        }
    }

    @Test func anyNumberOfThreadsGivesTheSame() throws {
        let images = try drawnDigits(60, seed: 9)
        let expected = try predictor().corruptionScores(on: images)
        for threads in [2, 3, 8] {
            let scores = try predictor(threads: threads).corruptionScores(on: images)
            #expect(scores == expected, "\(threads) threads")
        }
    }

    @Test func imagesThatDoNotFitAreRefused() throws {
        let predictor = try predictor()
        #expect(throws: InputError.noImages(purpose: "corruptions")) {
            try predictor.corruptionScores(on: drawnDigits(3).subset(0..<0))
        }
        #expect(throws: InputError.shapeMismatch(network: [28, 28, 1], images: [20, 20, 1])) {
            try predictor.corruptionScores(on: drawnDigits(3, size: 20))
        }
        let error = #expect(throws: CorruptionShapeError.self) {
            try self.predictor(size: 20).corruptionScores(on: drawnDigits(3, size: 20))
        }
        #expect(
            error?.description
                == "The corruptions of MNIST-C are of images of 28×28×1, but these are of 20×20×1; "
                + "use images like MNIST's and a model for them.")
    }
}
