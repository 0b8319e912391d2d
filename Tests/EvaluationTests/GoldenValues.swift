import Evaluation
import Foundation
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

    static let all: GoldenValues = {
        do {
            let url = try #require(
                Bundle.module.url(forResource: "evaluation", withExtension: "json", subdirectory: "Golden"))
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(GoldenValues.self, from: Data(contentsOf: url))
        } catch {
            fatalError("The golden values cannot be read: \(error)")
        }
    }()
}

/// Expects a value to be within `tolerance` of another; a NaN is not.
func expectClose(
    _ actual: Double, _ expected: Double, tolerance: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        abs(actual - expected) <= tolerance, "\(what) is \(actual), expected \(expected)",
        sourceLocation: sourceLocation)
}

/// Expects values to be as many and each within `tolerance` of the other.
func expectClose(
    _ actual: [Double], _ expected: [Double], tolerance: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        actual.count == expected.count, "\(what): number of values", sourceLocation: sourceLocation)
    for (index, pair) in zip(actual, expected).enumerated() {
        expectClose(
            pair.0, pair.1, tolerance: tolerance, "\(what)[\(index)]", sourceLocation: sourceLocation)
    }
}
