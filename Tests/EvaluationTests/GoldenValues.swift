import Evaluation
import Foundation
import TestSupport
import Testing

/// Values of scikit-learn and statsmodels: see Utilities/ReferenceImplementations/golden_evaluation.py.
struct GoldenValues: Decodable {
    struct Classification: Decodable, CustomTestStringConvertible {
        struct Scores: Decodable {
            let precision: Double
            let recall: Double
            let f1Score: Double
            let support: Int

            private enum CodingKeys: String, CodingKey {
                case precision, recall, support
                case f1Score = "f1-score"
            }
        }

        let name: String
        let truths: [Int]
        let predicted: [Int]
        let counts: [[Int]]
        let rowPercentages: [[Double]]
        let accuracy: Double
        let classes: [Scores]
        let macro: Scores
        let weighted: Scores

        var testDescription: String { name }
    }

    struct Calibration: Decodable {
        let binCounts: [Int]
        /// Of the bins that are not empty.
        let binAccuracies: [Double]
        /// Of the bins that are not empty.
        let binConfidences: [Double]
        let expectedCalibrationError: Double
        let maximumCalibrationError: Double
        let negativeLogLikelihood: Double
        let brierScore: Double
    }

    struct Probabilities: Decodable, CustomTestStringConvertible {
        let name: String
        let bins: Int
        let truths: [Int]
        let probabilities: [[Float]]
        let before: Calibration
        /// Nil where no temperature is best.
        let temperature: Double?
        let after: Calibration?

        var testDescription: String { name }
    }

    struct Interval: Decodable {
        let correct: Int
        let count: Int
        let confidence: Double
        let lower: Double
        let upper: Double
    }

    struct Paired: Decodable, CustomTestStringConvertible {
        struct Interval: Decodable {
            let confidence: Double
            let lower: Double
            let upper: Double
        }

        /// Both right, only the first, only the second, neither.
        let counts: [Int]
        let pValue: Double
        let intervals: [Interval]

        var testDescription: String { "\(counts)" }
    }

    let classification: [Classification]
    let probabilities: [Probabilities]
    let intervals: [Interval]
    let paired: [Paired]

    static let all: GoldenValues = Golden.values("evaluation.json", in: .module)
}
