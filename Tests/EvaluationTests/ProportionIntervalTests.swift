import Evaluation
import TestSupport
import Testing

@Suite struct ProportionIntervalTests {
    @Test(arguments: GoldenValues.all.intervals)
    func endsAreThoseOfStatsmodels(golden: GoldenValues.Interval) {
        let interval = ProportionInterval(
            correct: golden.correct, count: golden.count, confidence: golden.confidence)
        // The quantiles of the normal distribution agree to a few units in the last place.
        expectClose(interval.lowerBound, golden.lower, tolerance: 1e-14, "lower end")
        expectClose(interval.upperBound, golden.upper, tolerance: 1e-14, "upper end")
        #expect(interval.share == Double(golden.correct) / Double(golden.count))
        #expect(interval.lowerBound <= interval.share && interval.share <= interval.upperBound)
    }

    @Test func intervalEndsAtZeroAndOneExactly() {
        #expect(ProportionInterval(correct: 10, count: 10).upperBound == 1)
        #expect(ProportionInterval(correct: 0, count: 10).lowerBound == 0)
    }

    @Test func nothingCountedSaysNothing() {
        let interval = ProportionInterval(correct: 0, count: 0)
        #expect(interval.lowerBound == 0 && interval.upperBound == 1)
        #expect(interval.share.isNaN)
    }

    @Test func confidenceIs95PerCentUnlessSaid() {
        #expect(ProportionInterval(correct: 3, count: 7).confidence == 0.95)
    }

    @Test(arguments: [1e-9, 0.01, 0.3, 0.9, 0.999_999, 1 - 1e-15])
    func anyConfidenceHasAnInterval(confidence: Double) {
        let interval = ProportionInterval(correct: 60, count: 100, confidence: confidence)
        #expect(interval.lowerBound <= 0.6 && 0.6 <= interval.upperBound)
        #expect(interval.halfWidth > 0 && interval.halfWidth < 0.5)
        #expect(interval.halfWidth == (interval.upperBound - interval.lowerBound) / 2)
    }
}
