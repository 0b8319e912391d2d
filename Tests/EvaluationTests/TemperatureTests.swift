import Evaluation
import TestSupport
import Testing

@Suite struct TemperatureTests {
    @Test(arguments: GoldenValues.all.probabilities.filter { $0.temperature != nil })
    func fittedTemperatureIsTheRootThatScipyFinds(golden: GoldenValues.Probabilities) throws {
        let fit = try Temperature.fit(try golden.predictions, bins: golden.bins)
        let expected = try #require(golden.temperature)
        // Both stop within 1e-12 of the root of a slope that rounding moves by about 1e-15.
        expectClose(fit.temperature.value, expected, tolerance: 1e-10 * expected, "temperature")
        expectSame(fit.before, golden.before, tolerance: 1e-12)
        // The probabilities are rounded to float32, some in the other direction.
        expectSame(fit.after, try #require(golden.after), tolerance: 1e-6)
        #expect(fit.after.negativeLogLikelihood <= fit.before.negativeLogLikelihood + 1e-12)
    }

    @Test func everyOtherTemperatureFitsWorse() throws {
        let golden = try #require(GoldenValues.all.probabilities.first)
        let predictions = try golden.predictions
        let fit = try Temperature.fit(predictions)
        for factor in [0.5, 0.9, 1.1, 2] {
            let other = try Temperature(fit.temperature.value * factor)
            #expect(
                Reliability(other.applied(to: predictions)).negativeLogLikelihood
                    > fit.after.negativeLogLikelihood)
        }
    }

    @Test func temperatureDividesLogits() throws {
        // softmax([2, 0]) at T = 2 is softmax([1, 0]).
        let applied = try Temperature(2).applied(to: [0.880_797_1, 0.119_202_92])
        expectClose(applied.map(Double.init), [0.731_058_6, 0.268_941_4], tolerance: 1e-6, "probabilities")
    }

    @Test func temperatureOneChangesNothing() throws {
        let probabilities: [Float] = [0.125, 0.5, 0.375]
        expectClose(
            try Temperature(1).applied(to: probabilities).map(Double.init), probabilities.map(Double.init),
            tolerance: 1e-7, "probabilities")
    }

    @Test(arguments: [1e-300, 0.01, 100, 1e300])
    func extremeTemperaturesGiveProbabilities(value: Double) throws {
        let applied = try Temperature(value).applied(to: [0, 0.75, 0.25])
        #expect(applied.allSatisfy { (0...1).contains($0) })
        expectClose(applied.reduce(0) { $0 + Double($1) }, 1, tolerance: 1e-6, "sum")
        #expect(applied[1] >= applied[2] && applied[2] >= applied[0])
    }

    @Test func predictedClassesStay() throws {
        let golden = try #require(GoldenValues.all.probabilities.first)
        let predictions = try golden.predictions
        let cooled = try Temperature(1e300).applied(to: predictions)
        #expect(cooled.predictedClasses == predictions.predictedClasses)
        #expect(ConfusionMatrix(cooled) == ConfusionMatrix(predictions))
    }

    @Test func equalProbabilitiesNeedNoTemperature() throws {
        let predictions = try LabeledPredictions(
            truths: [0, 1, 2],
            probabilities: Array(repeating: Array(repeating: Float(1) / 3, count: 3), count: 3))
        #expect(try Temperature.fit(predictions).temperature.value == 1)
    }

    @Test(arguments: ["all right", "one sample, right"])
    func noTemperatureIsBestWhereAllIsRight(name: String) throws {
        let golden = try #require(GoldenValues.all.probabilities.first { $0.name == name })
        let predictions = try golden.predictions
        #expect(throws: EvaluationError.temperatureTooLow(limit: 0.01)) { try Temperature.fit(predictions) }
    }

    @Test(arguments: ["all wrong", "one sample, wrong"])
    func noTemperatureIsBestWhereAllIsWrong(name: String) throws {
        let golden = try #require(GoldenValues.all.probabilities.first { $0.name == name })
        let predictions = try golden.predictions
        #expect(throws: EvaluationError.temperatureTooHigh(limit: 100)) { try Temperature.fit(predictions) }
    }

    @Test(arguments: [0, -1, Double.infinity, -Double.infinity])
    func aTemperatureIsFiniteAndAboveZero(value: Double) {
        #expect(throws: EvaluationError.badTemperature(value)) { try Temperature(value) }
    }

    @Test func aTemperatureIsANumber() {
        #expect(throws: EvaluationError.self) { try Temperature(.nan) }
    }
}
