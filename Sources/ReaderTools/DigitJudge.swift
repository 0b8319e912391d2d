import Compute
import DigitRecognition
import Imaging
import PictureReading
import ReaderTraining

/// A model of single digits under judgement.
struct DigitJudge {
    private let network: Predictor
    private let pool: WorkerPool

    init(_ model: Model, threads: Int) {
        network = Predictor(model, threads: 1)
        pool = WorkerPool(threads: threads)
    }

    /// What a reader makes of pictures of one digit each; nil where the preparation finds nothing.
    func readings(_ pictures: [Image]) -> [Prediction?] {
        pool.map(pictures.indices) { index in
            InkFinder().ink(of: pictures[index]).flatMap { ink in
                SingleDigit(in: ink).map { looked(at: $0, of: pictures[index], scale: ink.scale) }
            }
        }
    }

    /// The same of digits that were found.
    func readings(_ examples: PreparedDigits, _ numbers: Range<Int>) -> [(label: Int, prediction: Prediction)]
    {
        pool.map(numbers) { number in
            examples.example(number).map {
                ($0.label, looked(at: $0.found, of: $0.picture, scale: $0.scale))
            }
        }.compactMap { $0 }
    }

    /// What the network makes of images as they are.
    func predictions(_ images: [Image]) throws -> [Prediction] { try network.predict(images) }

    private func looked(at digit: SingleDigit, of picture: Image, scale: Double) -> Prediction {
        guard let look = try? DigitLook(at: digit, of: picture, scale: scale, by: network) else {
            preconditionFailure("A model of single digits takes images of 28×28.")
        }
        return look.prediction
    }

    /// The share that is read right; what was not found is not.
    static func accuracy(_ predictions: [Prediction?], _ labels: [Int]) -> Double {
        Double(zip(predictions, labels).count { $0?.label == $1 }) / Double(labels.count)
    }

    /// The largest probability of each, 0 where nothing was found.
    static func confidences(_ predictions: [Prediction?]) -> [Double] {
        predictions.map { $0.map { Double($0.confidence) } ?? 0 }
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
