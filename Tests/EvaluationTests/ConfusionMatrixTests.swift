import Evaluation
import TestSupport
import Testing

@Suite struct ConfusionMatrixTests {
    @Test(arguments: GoldenValues.all.classification)
    func countsAndSharesAreThoseOfScikitLearn(golden: GoldenValues.Classification) throws {
        let matrix = try ConfusionMatrix(
            truths: golden.truths, predicted: golden.predicted, classCount: golden.counts.count)
        #expect(matrix.counts == golden.counts)
        #expect(matrix.count == golden.truths.count)
        #expect(matrix.accuracy == golden.accuracy)
        // Quotients of the same integers, rounded at most twice.
        for (row, expected) in zip(matrix.rowPercentages, golden.rowPercentages) {
            expectClose(row, expected, tolerance: 1e-12, "row")
        }
    }

    @Test func marginsAreSumsOfRowsAndColumns() throws {
        let matrix = try ConfusionMatrix(counts: [[5, 2, 0], [1, 0, 0], [0, 0, 0]])
        #expect(matrix.supports == [7, 1, 0])
        #expect(matrix.predictedCounts == [6, 2, 0])
        #expect(matrix.correct == 5 && matrix.count == 8 && matrix.classCount == 3)
        #expect(matrix[0, 1] == 2 && matrix[1, 0] == 1)
    }

    @Test func sharesOfNothingAreNil() throws {
        let matrix = try ConfusionMatrix(counts: [[1, 1, 0], [0, 0, 0], [1, 0, 0]])
        #expect((0..<3).map { matrix.recall(of: $0) } == [0.5, nil, 0])
        #expect((0..<3).map { matrix.precision(of: $0) } == [0.5, 0, nil])
    }

    @Test func pairsAreOrderedByCountThenByClass() throws {
        let matrix = try ConfusionMatrix(counts: [[9, 2, 3], [2, 9, 0], [3, 5, 9]])
        let pairs = matrix.confusedPairs
        #expect(
            pairs.map { [$0.truth, $0.predicted, $0.count] }
                == [[2, 1, 5], [0, 2, 3], [2, 0, 3], [0, 1, 2], [1, 0, 2]])
    }

    @Test func nothingIsConfusedWhereAllIsRight() throws {
        #expect(try ConfusionMatrix(counts: [[1, 0], [0, 3]]).confusedPairs.isEmpty)
    }

    @Test func probabilitiesCountAsTheirMostProbableClass() throws {
        let predictions = try LabeledPredictions(
            truths: [0, 1, 1], probabilities: [[0.5, 0.5], [0.5, 0.5], [0.25, 0.75]])
        #expect(predictions.predictedClasses == [0, 0, 1])
        #expect(ConfusionMatrix(predictions).counts == [[1, 0], [1, 1]])
    }

    @Test func accuracyHasAnInterval() throws {
        let matrix = try ConfusionMatrix(counts: [[50, 3], [2, 45]])
        #expect(matrix.accuracyInterval() == ProportionInterval(correct: 95, count: 100))
        #expect(
            matrix.accuracyInterval(confidence: 0.5)
                == ProportionInterval(correct: 95, count: 100, confidence: 0.5))
    }
}

@Suite struct ClassificationReportTests {
    @Test(arguments: GoldenValues.all.classification)
    func scoresAreThoseOfScikitLearn(golden: GoldenValues.Classification) throws {
        let report = ClassificationReport(try ConfusionMatrix(counts: golden.counts))
        #expect(report.accuracy == golden.accuracy)
        let rows = report.classes + [report.macroAverage, report.weightedAverage]
        let expected = golden.classes + [golden.macro, golden.weighted]
        #expect(rows.count == expected.count)
        for (row, expected) in zip(rows, expected) {
            // Sums of at most 26 quotients in 0…1.
            expectClose(row.precision, expected.precision, tolerance: 1e-14, "precision")
            expectClose(row.recall, expected.recall, tolerance: 1e-14, "recall")
            expectClose(row.f1, expected.f1Score, tolerance: 1e-14, "F1")
            #expect(row.support == expected.support)
        }
    }

    @Test func aDivisionByZeroIsZero() throws {
        let report = ClassificationReport(try ConfusionMatrix(counts: [[1, 0], [0, 0]]))
        let rows = [report.classes[1], report.macroAverage, report.weightedAverage]
        #expect(rows.map { [$0.precision, $0.recall, $0.f1] } == [[0, 0, 0], [0.5, 0.5, 0.5], [1, 1, 1]])
        #expect(rows.map(\.support) == [0, 1, 1])
    }
}
