import Evaluation
import Testing

@Suite struct EvaluationErrorTests {
    /// Expects an error and its whole sentence.
    private func expect(
        _ error: EvaluationError, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation,
        from work: () throws -> Void
    ) {
        #expect(throws: error, sourceLocation: sourceLocation, performing: work)
        #expect("\(error)" == sentence, sourceLocation: sourceLocation)
    }

    private func predictions(_ truths: [Int], _ probabilities: [[Float]]) throws {
        _ = try LabeledPredictions(truths: truths, probabilities: probabilities)
    }

    private func matrix(_ truths: [Int], _ predicted: [Int], _ classCount: Int) throws {
        _ = try ConfusionMatrix(truths: truths, predicted: predicted, classCount: classCount)
    }

    @Test func emptyInputIsRefused() {
        let sentence = "There is nothing to evaluate; give at least one sample."
        expect(.noSamples, sentence) { try predictions([], []) }
        expect(.noSamples, sentence) { try matrix([], [], 10) }
        expect(.noSamples, sentence) { _ = try ConfusionMatrix(counts: []) }
        expect(.noSamples, sentence) { _ = try ConfusionMatrix(counts: [[0, 0], [0, 0]]) }
        expect(.noSamples, sentence) {
            _ = try ModelComparison(truths: [], first: [], second: [], classCount: 2)
        }
    }

    @Test func noClassesAreRefused() {
        let sentence = "There are no classes; a sample needs the probability of at least one."
        expect(.noClasses, sentence) { try predictions([0], [[]]) }
        expect(.noClasses, sentence) { try matrix([0], [0], 0) }
    }

    @Test func unequalNumbersOfSamplesAreRefused() {
        let error = EvaluationError.countMismatch(truths: 2, predictions: 1)
        let sentence =
            "The number of true classes is 2, that of predictions 1; give one for each, in the same order."
        expect(error, sentence) { try predictions([0, 1], [[0.5, 0.5]]) }
        expect(error, sentence) { try matrix([0, 1], [0], 2) }
        expect(error, sentence) {
            _ = try ModelComparison(truths: [0, 1], first: [0, 1], second: [0], classCount: 2)
        }
    }

    @Test func classesThatDoNotExistAreRefused() {
        let error = EvaluationError.classOutOfRange(class: 2, sample: 1, classCount: 2)
        let sentence =
            "Sample 1 has the class 2, but the classes are 0…1; use the labels that the model was trained on."
        expect(error, sentence) { try predictions([0, 2], [[0.5, 0.5], [0.5, 0.5]]) }
        expect(error, sentence) { try matrix([0, 2], [0, 0], 2) }
        expect(error, sentence) { try matrix([0, 0], [0, 2], 2) }
        #expect(throws: EvaluationError.classOutOfRange(class: -1, sample: 0, classCount: 2)) {
            try matrix([-1], [0], 2)
        }
    }

    @Test func rowsOfOtherLengthAreRefused() {
        expect(
            .rowLengthMismatch(sample: 1, values: 3, classCount: 2),
            "Sample 1 has 3 probabilities, but there are 2 classes; give one for each."
        ) { try predictions([0, 0], [[0.5, 0.5], [0.5, 0.25, 0.25]]) }
    }

    @Test func valuesThatAreNoProbabilitiesAreRefused() {
        expect(
            .notProbability(value: -0.5, sample: 0),
            "Sample 0 has the probability -0.5, which is not in 0…1; use a model that ends in softmax."
        ) { try predictions([0], [[1, -0.5]]) }
        for value in [Float.nan, .infinity, 2] {
            #expect(throws: EvaluationError.self) { try predictions([0], [[value, 0]]) }
        }
    }

    @Test func sumsOtherThanOneAreRefused() {
        expect(
            .sumNotOne(sum: 1.25, sample: 1),
            "The probabilities of sample 1 sum to 1.25, not to 1; use a model that ends in softmax."
        ) { try predictions([0, 0], [[1, 0], [0.75, 0.5]]) }
    }

    @Test func roundedSumsAreAccepted() throws {
        try predictions([0], [[0.996, 0]])
        try predictions([0], [[1.004, 0]])
    }

    @Test func matricesOfOtherShapesAreRefused() {
        expect(
            .matrixNotSquare(row: 1, values: 1, rows: 2),
            "Row 1 of the confusion matrix has 1 counts, but there are 2 rows; give a row and a column for each class."
        ) { _ = try ConfusionMatrix(counts: [[1, 0], [1]]) }
        expect(.negativeCount(-3), "-3 is not a number of samples; counts are at least 0.") {
            _ = try ConfusionMatrix(counts: [[1, -3], [1, 0]])
        }
    }

    @Test func temperaturesSayWhatToDo() {
        #expect(
            "\(EvaluationError.badTemperature(-1))"
                == "-1.0 is not a temperature; it must be a finite number above 0.")
        #expect(
            "\(EvaluationError.temperatureTooLow(limit: 0.01))"
                == "No temperature is best: the predictions are so good that even one under 0.01 fits better. "
                + "Fit on more samples, with mistakes among them.")
        #expect(
            "\(EvaluationError.temperatureTooHigh(limit: 100))"
                == "No temperature is best: the predictions are so bad that even one over 100.0 fits better. "
                + "Train the model further, or check that the labels belong to the samples.")
    }
}
