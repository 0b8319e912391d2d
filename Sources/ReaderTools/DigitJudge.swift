import DigitRecognition
import Imaging

/// A model of single digits under judgement.
struct DigitJudge {
    private let predictor: Predictor

    init(_ predictor: Predictor) { self.predictor = predictor }

    /// The share of digits that are read right; where the preparation found nothing, none is.
    /// - Parameter digits: The views of each, nil where the preparation found nothing.
    func accuracy(_ digits: [[Image]?], _ labels: [Int]) throws -> Double {
        let right = try zip(digits, labels).count { views, label in
            try views.map { try predictor.prediction(ofViews: $0).label == label } ?? false
        }
        return Double(right) / Double(digits.count)
    }

    /// The largest probability of each digit, 0 where the preparation found nothing.
    func confidences(_ digits: [[Image]?]) throws -> [Double] {
        try digits.map { try $0.map { Double(try predictor.prediction(ofViews: $0).confidence) } ?? 0 }
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
