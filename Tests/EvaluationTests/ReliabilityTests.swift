import Evaluation
import TestSupport
import Testing

/// Expects calibration to be the golden one.
func expectSame(
    _ reliability: Reliability, _ golden: GoldenValues.Calibration, tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(reliability.bins.map(\.count) == golden.binCounts, sourceLocation: sourceLocation)
    let filled = reliability.bins.filter { $0.count > 0 }
    let pairs = [
        ("accuracy", filled.map(\.accuracy), golden.binAccuracies),
        ("confidence", filled.map(\.meanConfidence), golden.binConfidences),
        (
            "errors", [reliability.expectedCalibrationError, reliability.maximumCalibrationError],
            [golden.expectedCalibrationError, golden.maximumCalibrationError]
        ),
        (
            "scores", [reliability.negativeLogLikelihood, reliability.brierScore],
            [golden.negativeLogLikelihood, golden.brierScore]
        ),
    ]
    for (what, actual, expected) in pairs {
        expectClose(actual, expected, tolerance: tolerance, what, sourceLocation: sourceLocation)
    }
}

extension GoldenValues.Probabilities {
    var predictions: LabeledPredictions {
        get throws { try LabeledPredictions(truths: truths, probabilities: probabilities) }
    }
}

@Suite struct ReliabilityTests {
    @Test(arguments: GoldenValues.all.probabilities)
    func binsAndErrorsAreThoseOfScikitLearn(golden: GoldenValues.Probabilities) throws {
        let reliability = Reliability(try golden.predictions, bins: golden.bins)
        // Sums of some hundred doubles of the size of 1, in another order.
        expectSame(reliability, golden.before, tolerance: 1e-12)
        #expect(reliability.count == golden.truths.count)
    }

    @Test func anEdgeBelongsToTheBinBelow() throws {
        let predictions = try LabeledPredictions(truths: [0, 0], probabilities: [[0.5, 0.5], [1, 0]])
        let above = try LabeledPredictions(
            truths: [0], probabilities: [[Float(0.5).nextUp, Float(0.5).nextDown]])
        #expect(Reliability(predictions, bins: 2).bins.map(\.count) == [1, 1])
        #expect(Reliability(above, bins: 2).bins.map(\.count) == [0, 1])
    }

    @Test func thereAreFifteenBinsUnlessSaid() throws {
        let reliability = Reliability(try LabeledPredictions(truths: [0], probabilities: [[1, 0]]))
        #expect(reliability.bins.count == 15)
        #expect(reliability.bins.first?.lowerBound == 0 && reliability.bins.last?.upperBound == 1)
        for (bin, next) in zip(reliability.bins, reliability.bins.dropFirst()) {
            #expect(bin.upperBound == next.lowerBound)
        }
    }

    @Test func anEmptyBinHasNoGap() throws {
        let bins = Reliability(try LabeledPredictions(truths: [1], probabilities: [[1, 0]]), bins: 2).bins
        #expect(
            bins[0].count == 0 && bins[0].gap == 0 && bins[0].accuracy == 0 && bins[0].meanConfidence == 0)
        #expect(bins[1].count == 1 && bins[1].correct == 0 && bins[1].gap == 1)
    }

    @Test func aProbabilityThatIsRoundedAboveOneIsInTheLastBin() throws {
        let predictions = try LabeledPredictions(truths: [0], probabilities: [[Float(1).nextUp, 0]])
        let reliability = Reliability(predictions)
        #expect(reliability.bins.last?.count == 1)
        #expect(reliability.bins.last?.meanConfidence == 1)
    }
}
