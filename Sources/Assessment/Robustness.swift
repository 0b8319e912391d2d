public import Datasets
public import DigitRecognition
public import Evaluation
import Imaging
public import NeuralNetworks

/// How often a model reads pictures right that were corrupted in one way, by several amounts.
///
/// It says how a model may do on pictures that are not as carefully prepared as its own; it is no part of its accuracy.
public struct Robustness: Sendable, Hashable {
    /// The result with one amount.
    public struct Point: Sendable, Hashable {
        /// How much, in the corruption's unit.
        public let amount: Double
        /// Pictures that were read right.
        public let correct: Int
        /// All pictures, at least 1.
        public let count: Int

        /// Keeps a result.
        /// - Precondition: `0 <= correct <= count`, and `count` is at least 1.
        public init(amount: Double, correct: Int, count: Int) {
            precondition(
                count >= 1 && (0...count).contains(correct), "\(correct) of \(count) pictures is no result.")
            self.amount = amount
            self.correct = correct
            self.count = count
        }

        /// `correct / count`, 0…1.
        public var accuracy: Double { Double(correct) / Double(count) }

        /// The accuracy with an interval around it.
        public func accuracyInterval(confidence: Double = 0.95) -> ProportionInterval {
            ProportionInterval(correct: correct, count: count, confidence: confidence)
        }
    }

    /// What was done to the pictures.
    public let corruption: Corruption
    /// The result with each of the corruption's amounts, in their order.
    public let points: [Point]

    /// Keeps results.
    /// - Precondition: There is one for each amount, in their order.
    public init(corruption: Corruption, points: [Point]) {
        precondition(
            points.map(\.amount) == corruption.amounts,
            "Results for \(points.map(\.amount)) are not those for \(corruption.amounts).")
        self.corruption = corruption
        self.points = points
    }

    /// The number of pictures where it is not said otherwise; an accuracy of 98 % is then known to within 0.7 points.
    public static let usualCount = 2000
}

extension Predictor {
    /// Reads corrupted pictures and counts what is right.
    ///
    /// The result is the same for any number of threads, and each time. The 31 amounts of the standard corruptions on
    /// 2,000 pictures are as much work as reading 56,000.
    /// - Parameters:
    ///   - images: Of these, `limit` evenly spread ones are taken.
    ///   - corruptions: What is done to them.
    ///   - limit: The most pictures, at least 1.
    /// - Returns: A result for each corruption, in their order.
    /// - Throws: `InputError` if there are no pictures or they do not fit the network.
    public func robustness(
        on images: LabeledImages, against corruptions: [Corruption] = Corruption.standard,
        limit: Int = Robustness.usualCount
    ) throws(InputError) -> [Robustness] {
        try check(images, purpose: "robustness")
        let sample = images.evenlySpread(limit)
        let count = sample.count
        let labels = sample.map { images.labels[$0] }
        let shape = images.images.shape

        func correct(_ draw: @escaping @Sendable (Int, UnsafeMutableBufferPointer<UInt8>) -> Void) -> Int {
            zip(predict(count, of: shape, drawing: draw), labels).count { $0.label == $1 }
        }
        @Sendable func source(_ place: Int) -> ArraySlice<UInt8> { images.images.pixels(of: sample[place]) }

        let clean = correct { place, pixels in _ = pixels.update(fromContentsOf: source(place)) }
        return corruptions.map { corruption in
            let points = corruption.amounts.map { amount in
                let right =
                    amount == corruption.neutralAmount
                    ? clean
                    : correct { place, pixels in
                        source(place).withUnsafeBufferPointer {
                            corruption.apply(amount, place: place, to: $0, shape: shape, into: pixels)
                        }
                    }
                return Robustness.Point(amount: amount, correct: right, count: count)
            }
            return Robustness(corruption: corruption, points: points)
        }
    }
}
