public import Datasets
public import DigitRecognition
public import Evaluation
public import Imaging
import NeuralNetworks

/// How often a model reads images right that were corrupted in each of MNIST-C's ways.
///
///     let scores = try Predictor(model).corruptionScores(on: mnist.test)
///     print(scores.meanAccuracy)
public struct CorruptionScores: Sendable, Hashable {
    /// The result under one corruption.
    public struct Score: Sendable, Hashable {
        /// What was done to the images.
        public let corruption: CommonCorruption
        /// How many were read right.
        public let accuracy: ProportionInterval

        /// Keeps a result.
        public init(corruption: CommonCorruption, accuracy: ProportionInterval) {
            self.corruption = corruption
            self.accuracy = accuracy
        }
    }

    /// The results, in the order that the corruptions were given in; at least one.
    public let scores: [Score]

    /// Keeps results.
    /// - Precondition: There is at least one.
    public init(_ scores: [Score]) {
        precondition(!scores.isEmpty, "Scores are of at least one corruption.")
        self.scores = scores
    }

    /// The mean of the accuracies, each corruption counting as much as another: what MNIST-C is summed up by.
    public var meanAccuracy: Double {
        scores.reduce(0) { $0 + $1.accuracy.share } / Double(scores.count)
    }
}

/// Images cannot be corrupted in the ways of `CommonCorruption`.
public struct CorruptionShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the images are.
    public let shape: ImageShape

    /// What happened, what was expected, what to do.
    public var description: String {
        "The corruptions of MNIST-C are of images of \(CommonCorruption.shape), but these are of \(shape); "
            + "use images like MNIST's and a model for them."
    }
}

extension CommonCorruption {
    /// Checks that images can be corrupted.
    /// - Throws: `CorruptionShapeError` if they are not of `shape`.
    public static func check(_ images: LabeledImages) throws(CorruptionShapeError) {
        let shape = images.images.shape
        guard shape == self.shape else { throw CorruptionShapeError(shape: shape) }
    }
}

extension Predictor {
    /// Reads corrupted images and counts what is right.
    ///
    /// Each image is corrupted by the thread that reads it, right before it is normalised. The result is the same for any number
    /// of threads, and each time.
    /// - Parameters:
    ///   - images: Of these, `limit` evenly spread ones are taken.
    ///   - corruptions: What is done to them; at least one.
    ///   - limit: The most images, at least 1; nil for all.
    /// - Throws: `InputError` if there are no images or they do not fit the network; `CorruptionShapeError` if they are not of
    ///   `CommonCorruption.shape`.
    public func corruptionScores(
        on images: LabeledImages, under corruptions: [CommonCorruption] = CommonCorruption.allCases,
        limit: Int? = nil
    ) throws -> CorruptionScores {
        try check(images, purpose: "corruptions")
        try CommonCorruption.check(images)
        let sample = images.evenlySpread(limit ?? images.count)
        return CorruptionScores(
            corruptions.map { corruption in
                let predictions = predict(sample.count, of: images.images.shape) { place, pixels in
                    images.images.pixels(of: sample[place]).withUnsafeBufferPointer {
                        corruption.apply(place: sample[place], to: $0, into: pixels)
                    }
                }
                let correct = zip(predictions, sample).count { $0.label == images.labels[$1] }
                return CorruptionScores.Score(
                    corruption: corruption,
                    accuracy: ProportionInterval(correct: correct, count: sample.count))
            })
    }
}

extension LabeledImages {
    /// The indices of so many images, or of all, evenly spread.
    /// - Precondition: `limit` is at least 1.
    func evenlySpread(_ limit: Int) -> [Int] {
        precondition(limit >= 1, "A model is judged on at least 1 image, not \(limit).")
        let size = Swift.min(limit, count)
        return (0..<size).map { $0 * count / size }
    }
}
