import DigitRecognition
import Imaging

/// A model of single digits under judgement.
struct DigitJudge {
    private let predictor: Predictor

    init(_ predictor: Predictor) { self.predictor = predictor }

    /// The share of images that are read right; where the preparation found nothing, none is.
    func accuracy(_ images: [Image?], _ labels: [Int]) throws -> Double {
        let found = zip(images, labels).compactMap { image, label in image.map { (image: $0, label: label) } }
        let right = zip(try predictor.predict(found.map(\.image)), found).count { $0.label == $1.label }
        return Double(right) / Double(images.count)
    }

    /// The largest probability of each image, 0 where the preparation found nothing.
    func confidences(_ images: [Image?]) throws -> [Double] {
        var predictions = try predictor.predict(images.compactMap { $0 }).makeIterator()
        return images.map { image in
            image.flatMap { _ in predictions.next() }.map { Double($0.confidence) } ?? 0
        }
    }

    /// The value below which a share of values is.
    static func quantile(_ values: [Double], _ share: Double) -> Double {
        values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
    }

    /// Count, AUROC, and the share below the value that 99 % of digits reach.
    static func summary(of values: [Double], against digits: [Double]) -> String {
        let threshold = quantile(digits, 0.01)
        let refused = Double(values.count { $0 < threshold }) / Double(max(1, values.count))
        func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        return "\(values.count), \(text(auroc(values, digits))), \(text(refused))"
    }

    /// The chance that a digit has a larger value than an outlier, ties counting half.
    private static func auroc(_ outliers: [Double], _ digits: [Double]) -> Double {
        let sorted = digits.sorted()
        /// How many values come before a place where `isBefore` ends.
        func count(_ isBefore: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let sum = outliers.reduce(0.0) { sum, value in
            let (below, notAbove) = (count { $0 < value }, count { $0 <= value })
            return sum + Double(sorted.count - notAbove) + Double(notAbove - below) / 2
        }
        return sum / Double(max(1, sorted.count * outliers.count))
    }
}
