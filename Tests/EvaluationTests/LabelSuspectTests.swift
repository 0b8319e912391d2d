import Evaluation
import Testing

@Suite struct LabelSuspectTests {
    private func viewed(_ sample: Int, label: Int, _ views: [[Float]]) -> LabelSuspect.ViewedSample {
        .init(sample: sample, label: label, views: views)
    }

    @Test func certainAndConsistentContradictionScoresOne() throws {
        let views: [[Float]] = Array(repeating: [0, 1, 0], count: 5)
        let suspect = try #require(try LabelSuspect(viewed(7, label: 2, views)))
        #expect(suspect.sample == 7 && suspect.label == 2 && suspect.predicted == 1)
        #expect(suspect.agreement == 1 && suspect.margin == 1 && suspect.score == 1)
    }

    @Test func scoreIsAgreementTimesMeanMargin() throws {
        // Views are taken for 1, 1, 2 and 0; the label is 0.
        let views: [[Float]] = [[0.25, 0.75, 0], [0, 1, 0], [0, 0.25, 0.75], [0.5, 0.25, 0.25]]
        let suspect = try #require(try LabelSuspect(viewed(0, label: 0, views)))
        #expect(suspect.predicted == 1)
        #expect(suspect.agreement == 0.5)
        #expect(suspect.margin == (0.5 + 1 + 0.25 - 0.25) / 4)
        #expect(suspect.score == 0.5 * 0.375)
    }

    @Test func viewsThatFavourTheLabelMakeNoSuspect() throws {
        let views: [[Float]] = [[0.25, 0.75], [1, 0], [1, 0]]
        let suspect = try #require(try LabelSuspect(viewed(0, label: 0, views)))
        #expect(suspect.margin < 0 && suspect.score == 0)
    }

    @Test func recognisedSamplesAreNoSuspects() throws {
        #expect(try LabelSuspect(viewed(0, label: 1, [[0.25, 0.75], [1, 0]])) == nil)
        #expect(try LabelSuspect(viewed(0, label: 0, [[0.5, 0.5]])) == nil, "The first of equals counts.")
    }

    @Test func suspectsAreRankedByScoreThenBySample() throws {
        let certain: [[Float]] = [[0, 1]]
        let likely: [[Float]] = [[0.125, 0.875]]
        let doubtful: [[Float]] = [[0.375, 0.625]]
        let samples = [
            viewed(9, label: 0, likely), viewed(4, label: 0, doubtful), viewed(8, label: 0, certain),
            viewed(1, label: 1, certain), viewed(2, label: 0, likely),
        ]
        #expect(try LabelSuspect.ranked(samples).map(\.sample) == [8, 2, 9])
        #expect(try LabelSuspect.ranked(samples, threshold: 0).map(\.sample) == [8, 2, 9, 4])
        #expect(try LabelSuspect.ranked(samples, threshold: 0.75).map(\.sample) == [8, 2, 9])
        #expect(try LabelSuspect.ranked([]).isEmpty)
    }

    @Test func viewsAreChecked() {
        let refusals: [(LabelSuspect.ViewedSample, EvaluationError)] = [
            (viewed(3, label: 0, []), .noSamples),
            (viewed(3, label: 0, [[]]), .noClasses),
            (viewed(3, label: 2, [[0, 1]]), .classOutOfRange(class: 2, sample: 3, classCount: 2)),
            (viewed(3, label: 0, [[0, 1], [1]]), .rowLengthMismatch(sample: 3, values: 1, classCount: 2)),
            (viewed(3, label: 0, [[0, 1], [2, -1]]), .notProbability(value: 2, sample: 3)),
        ]
        for (sample, error) in refusals {
            #expect(throws: error) { try LabelSuspect(sample) }
            #expect(throws: error) { try LabelSuspect.ranked([sample]) }
        }
    }
}
