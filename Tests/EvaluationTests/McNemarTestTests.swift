import Evaluation
import TestSupport
import Testing

@Suite struct McNemarTestTests {
    private func test(_ counts: [Int]) throws -> McNemarTest {
        try McNemarTest(
            bothRight: counts[0], onlyFirstRight: counts[1], onlySecondRight: counts[2], bothWrong: counts[3])
    }

    @Test(arguments: GoldenValues.all.paired)
    func pValueIsThatOfStatsmodels(golden: GoldenValues.Paired) throws {
        let test = try test(golden.counts)
        // A log-factorial of n is about n·log n, with a relative error of 2^-52.
        let n = Double(test.discordant)
        let relative = 1e-14 + n * 20 * 1e-15
        expectClose(test.pValue, golden.pValue, tolerance: relative * golden.pValue, "p")
    }

    @Test(arguments: GoldenValues.all.paired)
    func intervalIsAWeightedMeansInStatsmodels(golden: GoldenValues.Paired) throws {
        let test = try test(golden.counts)
        for expected in golden.intervals {
            let interval = test.differenceInterval(confidence: expected.confidence)
            expectClose(interval.lowerBound, expected.lower, tolerance: 1e-13, "lower end")
            expectClose(interval.upperBound, expected.upper, tolerance: 1e-13, "upper end")
            #expect(interval.contains(test.accuracyDifference))
        }
    }

    @Test func halfOfTheDiscordantSamplesIsNoDifference() throws {
        #expect(try test([0, 7, 7, 0]).pValue == 1)
        #expect(try test([0, 7, 8, 0]).pValue == 1)
        #expect(try test([0, 2_000_000_000, 2_000_000_001, 0]).pValue == 1)
    }

    @Test func billionsOfDiscordantSamplesDoNotOverflow() throws {
        let p = try test([0, 2_000_000_000, 2_000_100_000, 0]).pValue
        // The normal approximation: 99,999 / √4,000,100,000 = 1.581 standard deviations.
        expectClose(p, 0.1138, tolerance: 1e-3, "p")
    }

    @Test func exchangedModelsDifferTheOtherWay() throws {
        let (one, other) = (try test([5, 1, 9, 2]), try test([5, 9, 1, 2]))
        #expect(one.pValue == other.pValue)
        #expect(one.accuracyDifference == 8.0 / 17 && other.accuracyDifference == -8.0 / 17)
        let (interval, mirrored) = (one.differenceInterval(), other.differenceInterval())
        #expect(interval == -mirrored.upperBound ... -mirrored.lowerBound)
    }

    @Test func countsAreAtLeastZeroAndNotAllZero() {
        #expect(throws: EvaluationError.negativeCount(-1)) { try test([1, -1, 0, 0]) }
        #expect(throws: EvaluationError.noSamples) { try test([0, 0, 0, 0]) }
    }
}

@Suite struct ModelComparisonTests {
    @Test func samplesAreCountedByWhoIsRight() throws {
        let comparison = try ModelComparison(
            truths: [0, 1, 2, 0, 1, 2], first: [0, 1, 2, 1, 1, 0], second: [0, 0, 2, 0, 2, 1], classCount: 3)
        #expect(
            try comparison.test
                == McNemarTest(bothRight: 2, onlyFirstRight: 2, onlySecondRight: 1, bothWrong: 1))
        #expect(comparison.first == ProportionInterval(correct: 4, count: 6))
        #expect(comparison.second == ProportionInterval(correct: 3, count: 6))
    }

    @Test func disagreementsIncludeTwoDifferentMistakes() throws {
        let comparison = try ModelComparison(
            truths: [0, 1, 2, 0], first: [0, 1, 1, 2], second: [1, 1, 0, 2], classCount: 3)
        #expect(
            comparison.disagreements.map { [$0.sample, $0.truth, $0.first, $0.second] }
                == [[0, 0, 0, 1], [2, 2, 1, 0]])
    }

    @Test func aModelAgreesWithItself() throws {
        let comparison = try ModelComparison(truths: [0, 1], first: [0, 0], second: [0, 0], classCount: 2)
        #expect(comparison.disagreements.isEmpty)
        #expect(comparison.test.pValue == 1 && comparison.test.accuracyDifference == 0)
    }
}
