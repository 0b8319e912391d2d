import Assessment
import DataTestSupport
import DigitRecognition
import Testing

/// Accuracy on corrupted pictures.
struct RobustnessTests {
    private func predictor(threads: Int = 1) throws -> Predictor {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.01))
        try model.fit(drawnDigits(200), epochs: 5)
        return Predictor(model, threads: threads)
    }

    /// Corrupts each picture as the documentation says, and counts.
    private func correct(
        _ images: LabeledImages, _ corrupted: (_ place: Int, _ image: Image) -> Image
    ) throws -> Int {
        let corrupted = images.images.enumerated().map { corrupted($0.offset, $0.element) }
        return zip(try predictor().predict(corrupted), images.labels).count { $0.label == $1 }
    }

    @Test func eachAmountIsThatOfCorruptingByHand() throws {
        let images = try drawnDigits(120, seed: 9)
        let results = try predictor().robustness(
            on: images,
            against: [
                Corruption(.rotation, amounts: [-20, 35]), Corruption(.shift, amounts: [3, 5.5]),
                Corruption(.scale, amounts: [0.6, 1.4]), Corruption(.noise, amounts: [0.5, 1]),
            ])
        func by(_ warp: AffineWarp) throws -> Int {
            try correct(images) { warp.applied(to: $1) }
        }
        func byShift(_ amount: Double) throws -> Int {
            try correct(images) { place, image in
                let warp =
                    switch place % 4 {
                    case 0: AffineWarp(shiftRight: amount)
                    case 1: AffineWarp(shiftDown: amount)
                    case 2: AffineWarp(shiftRight: -amount)
                    default: AffineWarp(shiftDown: -amount)
                    }
                return warp.applied(to: image)
            }
        }
        func byNoise(_ amount: Double) throws -> Int {
            try correct(images) { place, image in
                var random = CounterBasedRandom(seed: 0, purpose: .corruption, place)
                return GaussianNoise(standardDeviation: amount).applied(to: image, random: &random)
            }
        }
        let expected = [
            [try by(AffineWarp(rotation: -20)), try by(AffineWarp(rotation: 35))],
            [try byShift(3), try byShift(5.5)],
            [
                try by(AffineWarp(horizontalScale: 0.6, verticalScale: 0.6)),
                try by(AffineWarp(horizontalScale: 1.4, verticalScale: 1.4)),
            ],
            [try byNoise(0.5), try byNoise(1)],
        ]
        #expect(results.map { $0.points.map(\.correct) } == expected)
        #expect(results.map(\.corruption.kind) == [.rotation, .shift, .scale, .noise])
        #expect(results.flatMap(\.points).allSatisfy { $0.count == 120 })
        // Numbers that tell corruptions apart.
        #expect(Set(expected.joined()).count >= 4)
    }

    @Test func theStandardCorruptionsBeginFromTheAccuracy() throws {
        let images = try drawnDigits(50, seed: 9)
        let clean = try correct(images) { $1 }
        for result in try predictor().robustness(on: images) {
            #expect(result.points.map(\.amount) == result.corruption.amounts)
            let neutral = try #require(result.points.first { $0.amount == result.corruption.neutralAmount })
            #expect(neutral.correct == clean)
            #expect(neutral.accuracy == Double(clean) / 50)
            #expect(neutral.accuracyInterval() == ProportionInterval(correct: clean, count: 50))
        }
    }

    @Test func evenlySpreadImagesAreTaken() throws {
        let images = try drawnDigits(100, seed: 9)
        // The pictures 0, 3, 7, 10, …, 96; all others have a wrong label.
        let taken = Set((0..<30).map { $0 * 100 / 30 })
        let spoiled = try LabeledImages(
            images: images.images,
            labels: images.labels.enumerated().map {
                taken.contains($0.offset) ? $0.element : ($0.element + 1) % 10
            })
        let corruption = Corruption(.noise, amounts: [0, 0.01])
        let points = try predictor().robustness(on: spoiled, against: [corruption], limit: 30)[0].points
        #expect(
            points == [.init(amount: 0, correct: 30, count: 30), .init(amount: 0.01, correct: 30, count: 30)])
    }

    /// What the report goes by.
    @Test func twoThousandImagesAreUsual() throws {
        let corruption = Corruption(.noise, amounts: [0, 0.01])
        let points = try predictor().robustness(on: drawnDigits(2010), against: [corruption])[0].points
        #expect(points.map(\.count) == [2000, 2000])
    }

    @Test func anyNumberOfThreadsGivesTheSame() throws {
        let images = try drawnDigits(90, seed: 9)
        let expected = try predictor().robustness(on: images)
        for threads in [1, 2, 3, 8] {
            #expect(try predictor(threads: threads).robustness(on: images) == expected, "\(threads) threads")
        }
    }

    @Test func imagesThatDoNotFitAreRefused() throws {
        let predictor = try predictor()
        #expect(throws: InputError.noImages(purpose: "robustness")) {
            try predictor.robustness(on: drawnDigits(3).subset(0..<0))
        }
        #expect(throws: InputError.shapeMismatch(network: [28, 28, 1], images: [20, 20, 1])) {
            try predictor.robustness(on: drawnDigits(3, size: 20))
        }
        let letters = try LabeledImages(
            images: drawnDigits(2).images, labels: [3, 12], classNames: (0..<26).map(String.init))
        #expect(throws: InputError.labelOutOfRange(label: 12, sample: 1, outputs: 10)) {
            try predictor.robustness(on: letters)
        }
    }

    @Test func standardAmountsCanBeDrawnAsCurves() {
        #expect(Corruption.standard.map(\.name) == ["Rotation", "Shift", "Scale", "Noise"])
        for corruption in Corruption.standard {
            #expect(corruption.amounts.count >= 2)
            #expect(corruption.amounts.contains(corruption.neutralAmount))
            #expect(!corruption.unit.isEmpty)
        }
    }

    @Test func impossibleAmountsAreAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = Corruption(.rotation, amounts: []) }
        await #expect(processExitsWith: .failure) { _ = Corruption(.rotation, amounts: [3, 3]) }
        await #expect(processExitsWith: .failure) { _ = Corruption(.shift, amounts: [0, .nan]) }
        await #expect(processExitsWith: .failure) { _ = Corruption(.scale, amounts: [0, 1]) }
        await #expect(processExitsWith: .failure) { _ = Corruption(.noise, amounts: [-0.1]) }
    }
}
