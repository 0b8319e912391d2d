import Figures

/// Every figure in every state that its layout has to bear.
enum SampleFigures {
    /// The figures with a name for each.
    static let all: [(name: String, figure: Figure)] = [
        ("digit-grid", .digitGrid(cells(27), columns: 9, title: "27 test digits")),
        ("digit-grid-labels", .digitGrid(cells(4).map { DigitCell(image: $0.image, label: $0.label) })),
        ("digit-grid-empty", .digitGrid([])),
        ("digit-grid-words", .digitGrid(fashion, columns: 4, title: "Fashion-MNIST")),
        ("worst-mistakes", .worstMistakes(mistakes(9))),
        ("worst-mistakes-one", .worstMistakes(mistakes(1))),
        ("worst-mistakes-none", .worstMistakes([])),
        ("normalization", normalization),
        ("training-1", .trainingCurves(curves(1))),
        ("training-5", .trainingCurves(curves(5), title: "Recipe notebook, 5 epochs")),
        ("training-99", .trainingCurves(curves(99))),
        ("training-last", .trainingCurves(curves(12, best: 12))),
        ("training-nan", .trainingCurves(curvesWithGaps)),
        ("training-no-numbers", .trainingCurves(curvesWithoutNumbers)),
        ("training-only", .trainingCurves(curvesWithoutValidation)),
        ("training-smoothed", .trainingCurves(smoothedCurves)),
        ("confusion-10", .confusionMatrix(counts: counts(10, scale: 980), classes: names(10))),
        ("confusion-26", .confusionMatrix(counts: counts(26, scale: 800), classes: letters)),
        ("confusion-large", .confusionMatrix(counts: counts(10, scale: 1_234_567), classes: names(10))),
        ("confusion-words", .confusionMatrix(counts: counts(10, scale: 1000), classes: clothes)),
        ("confusion-perfect", .confusionMatrix(counts: [[7, 0], [0, 0]], classes: ["a", "b"])),
        ("scores-10", .classScores(scores(names(10)))),
        ("scores-26", .classScores(scores(letters))),
        ("scores-words", .classScores(scores(clothes))),
        ("scores-undefined", .classScores(undefinedScores)),
        ("pairs", .confusedPairs(pairs)),
        ("pairs-none", .confusedPairs([])),
        ("reliability", .reliability([reliability("before calibration", shift: 0.09)])),
        (
            "reliability-two",
            .reliability([
                reliability("before calibration", shift: 0.09), reliability("after calibration", shift: 0.01),
            ])
        ),
        ("reliability-unnamed", .reliability([reliability("", shift: 0)])),
        ("reliability-empty", .reliability([ReliabilityDiagram(bins: [], calibrationError: 0)])),
        ("filters-64", .filters((0..<64).map { filter($0) })),
        ("filters-1", .filters([filter(0)])),
        ("filters-zero", .filters([ValueMap(width: 3, height: 3, values: Array(repeating: 0, count: 9))])),
        ("activations", activations),
        ("saliency", saliency),
        ("grad-cam", gradCAM),
        ("robustness", .robustness(robustness, cleanAccuracy: 0.9912, title: "Robustness of notebook")),
        ("robustness-one", .robustness(Array(robustness.prefix(1)))),
        ("corruptions", .corruptions(corruptions, cleanAccuracy: 0.9912, title: "Corruptions of notebook")),
        ("corruptions-one", .corruptions(Array(corruptions.suffix(1)))),
    ]

    static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }
    static let clothes = [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
    ]

    static func names(_ count: Int) -> [String] { (0..<count).map { String($0) } }

    /// A digit of 28×28: a thick soft line through the given corners of a grid of 3×3.
    static func digit(_ number: Int) -> ValueMap {
        let strokes: [[Int]] = [
            [0, 2, 8, 6, 0], [1, 7], [0, 2, 5, 6, 8], [0, 2, 4, 5, 8, 6], [0, 3, 5, 2, 8],
            [2, 0, 3, 5, 8, 6],
            [2, 0, 6, 8, 5, 3], [0, 2, 7], [3, 0, 2, 5, 3, 6, 8, 5], [5, 3, 0, 2, 8],
        ]
        let corners: [Corner] = strokes[number % 10].map { place in
            Corner(x: 8 + Float(place % 3) * 6, y: 5 + Float(place / 3) * 9)
        }
        return map(28, 28) { x, y in
            let distances: [Float] = zip(corners, corners.dropFirst()).map { segment($0, $1, x, y) }
            return max(0, min(1, 2.2 - distances.min()!))
        }
    }

    static func map(_ width: Int, _ height: Int, _ value: (Float, Float) -> Float) -> ValueMap {
        let values: [Float] = (0..<width * height).map { index in
            value(Float(index % width), Float(index / width))
        }
        return ValueMap(width: width, height: height, values: values)
    }

    private struct Corner {
        let x, y: Float
    }

    /// How far (`x`, `y`) is from the line between two corners.
    private static func segment(_ a: Corner, _ b: Corner, _ x: Float, _ y: Float) -> Float {
        let dx = b.x - a.x
        let dy = b.y - a.y
        let projection: Float = (x - a.x) * dx + (y - a.y) * dy
        let along: Float = max(0, min(1, projection / (dx * dx + dy * dy)))
        let ex: Float = x - a.x - along * dx
        let ey: Float = y - a.y - along * dy
        return (ex * ex + ey * ey).squareRoot()
    }

    /// Digits of which each seventh is read as the next one.
    static func cells(_ count: Int) -> [DigitCell] {
        (0..<count).map { index -> DigitCell in
            let reading: Int = index % 7 == 4 ? index + 1 : index
            return DigitCell(
                image: digit(index), label: String(index % 10), reading: String(reading % 10),
                note: "#\(index * 371)")
        }
    }

    private static var fashion: [DigitCell] {
        clothes.enumerated().map { index, name -> DigitCell in
            let reading: Int = index + index % 2
            return DigitCell(image: digit(index), label: name, reading: clothes[reading % 10])
        }
    }

    static func mistakes(_ count: Int) -> [Mistake] {
        (0..<count).map { index -> Mistake in
            let probability: Double = 1 - Double(index) * 0.04
            return Mistake(
                image: digit(index), index: index * 1013, label: String(index % 10),
                reading: String((index + 3) % 10), probability: probability, labelProbability: 0.005)
        }
    }

    private static var normalization: Figure {
        let digit = digit(5)
        let norms: [Float] = (0..<28).map { row in
            let squares: [Float] = digit.values[row * 28..<(row + 1) * 28].map { $0 * $0 }
            return squares.reduce(0, +).squareRoot()
        }
        let after = map(28, 28) { x, y in
            let norm = norms[Int(y)]
            return norm > 0 ? digit.values[Int(y) * 28 + Int(x)] / norm : 0
        }
        return .normalization(
            [NormalizationSample(name: "label 5", before: digit, after: after)], method: "l2 along axis 1")
    }

    static func curves(_ count: Int, best: Int? = nil) -> TrainingCurves {
        func falling(_ rate: Double, _ floor: Double) -> [Double] {
            (0..<count).map { index -> Double in
                let time: Double = Double(index + 1) * rate
                let noise: Double = Double(index * 7919 % 13) / 1300
                return floor + 0.45 / (1 + time) + noise
            }
        }
        let training = falling(1.3, 0.003)
        let validation = falling(1.1, 0.04)
        return TrainingCurves(
            trainingLoss: training, trainingAccuracy: training.map { 1 - $0 / 3.2 },
            validationLoss: validation,
            validationAccuracy: validation.map { 1 - $0 / 3 }, bestEpoch: best ?? max(1, count * 4 / 5))
    }

    private static var curvesWithGaps: TrainingCurves {
        var curves = curves(12)
        curves.trainingLoss[2] = .nan
        for epoch in 5...8 { curves.validationLoss[epoch] = .infinity }
        curves.validationAccuracy[10] = .nan
        return curves
    }

    private static var curvesWithoutNumbers: TrainingCurves {
        TrainingCurves(
            trainingLoss: [.nan, .nan], trainingAccuracy: [.nan, .nan], validationLoss: [.nan, .nan],
            validationAccuracy: [.nan, .nan])
    }

    static var smoothedCurves: TrainingCurves {
        var curves = curves(5)
        curves.labelSmoothing = 0.1
        return curves
    }

    private static var curvesWithoutValidation: TrainingCurves {
        let curves = curves(8)
        return TrainingCurves(trainingLoss: curves.trainingLoss, trainingAccuracy: curves.trainingAccuracy)
    }

    static func counts(_ count: Int, scale: Int) -> [[Int]] {
        (0..<count).map { row -> [Int] in
            (0..<count).map { column -> Int in
                if row == column { return scale - row * scale / 50 }
                let odd = (row * 31 + column * 17) % 23
                return odd < 9 ? odd * odd * scale / 4000 : 0
            }
        }
    }

    static func scores(_ names: [String]) -> [ClassScore] {
        names.enumerated().map { index, name -> ClassScore in
            let precision: Double = 0.999 - Double(index * 37 % 19) / 500
            let recall: Double = 0.995 - Double(index * 53 % 17) / 400
            let f1: Double = 2 * precision * recall / (precision + recall)
            return ClassScore(
                name: name, precision: precision, recall: recall, f1: f1, count: 892 + index * 31)
        }
    }

    private static var undefinedScores: [ClassScore] {
        [
            ClassScore(name: "0", precision: 1, recall: 0.5, f1: 2.0 / 3, count: 2),
            ClassScore(name: "1", precision: .nan, recall: 0, f1: .nan, count: 1),
        ]
    }

    static let pairs = [
        ConfusedPairBar(label: "4", reading: "9", count: 12, labelCount: 982),
        ConfusedPairBar(label: "7", reading: "2", count: 9, labelCount: 1028),
        ConfusedPairBar(label: "5", reading: "3", count: 6, labelCount: 892),
        ConfusedPairBar(label: "T-shirt/top", reading: "Ankle boot", count: 3, labelCount: 1009),
    ]

    static func reliability(_ name: String, shift: Double) -> ReliabilityDiagram {
        ReliabilityDiagram(
            name: name,
            bins: (0..<10).map { index -> ReliabilityBin in
                let lower: Double = Double(index) / 10
                let counts = [0, 0, 31, 48, 40, 57, 90, 110, 172, 9300]
                return ReliabilityBin(
                    confidences: lower...lower + 0.1, count: counts[index], meanConfidence: lower + 0.05,
                    accuracy: max(0, lower + 0.05 - shift))
            }, calibrationError: shift)
    }

    private static func filter(_ index: Int) -> ValueMap {
        map(3, 3) { x, y in
            let across: Float = (x - 1) * Float(index % 8 - 3)
            let down: Float = (y - 1) * Float(index / 8 - 3)
            return (across + down) * 0.1 + Float(index % 5 - 2) * 0.05
        }
    }

    private static var activations: Figure {
        func layer(_ name: String, _ extent: Int, _ channels: Int) -> LayerActivations {
            LayerActivations(
                name: name,
                maps: (0..<channels).map { channel -> ValueMap in
                    let source = digit(3).resized28(to: extent)
                    let gain = Float(channel % 7)
                    let bias = Float(channel % 3)
                    return map(extent, extent) { x, y -> Float in
                        let value: Float = source[Int(y) * extent + Int(x)]
                        return max(0, value * gain - bias)
                    }
                })
        }
        func values(_ count: Int, _ factor: Int, _ modulus: Int) -> [Float] {
            (0..<count).map { index -> Float in
                let value: Int = index * factor % modulus - 4
                return Float(max(0, value))
            }
        }
        return .activations(
            of: digit(3),
            layers: [
                layer("conv1 + ReLU + pool", 13, 64), layer("conv2 + ReLU + pool", 5, 64),
                LayerActivations(name: "conv3 + ReLU + pool", values: values(64, 13, 17)),
                LayerActivations(name: "dense1 + ReLU", values: values(64, 7, 11)),
                LayerActivations(name: "dense2 + ReLU", values: values(32, 5, 13)),
                LayerActivations(name: "softmax", values: [0, 0, 0.01, 0.97, 0, 0.02, 0, 0, 0, 0]),
            ])
    }

    private static var saliency: Figure {
        let digit = digit(3)
        func method(_ name: String, _ frequency: Float, inkOnly: Bool) -> SaliencyMap {
            SaliencyMap(
                method: name,
                map: map(28, 28) { x, y in
                    let ink = digit.values[Int(y) * 28 + Int(x)]
                    let wave: Float = (x - 11) * (y - 14) / 60 * frequency
                    let strength: Float = inkOnly ? ink : 0.3 + ink
                    return strength * max(-1, min(1, wave)) * 0.02
                })
        }
        return .saliency(
            over: digit,
            maps: [
                method("gradient", 1, inkOnly: false), method("gradient × input", 1, inkOnly: true),
                method("integrated gradients", 0.6, inkOnly: true),
            ], className: "3")
    }

    private static var gradCAM: Figure {
        let heat = map(5, 5) { x, y in
            let distance: Float = abs(x - 2) * 1.5 + abs(y - 2)
            return max(0, 4 - distance)
        }
        return .gradCAM(over: digit(3), heat: heat, className: "3")
    }

    static let corruptions = [("Shot noise", 0.97), ("Fog", 0), ("Brightness", 0.1634), ("Scale", 1)].map {
        name, accuracy in
        CorruptionBar(
            image: digit(3), name: name, accuracy: accuracy, correct: Int(accuracy * 10_000), count: 10_000)
    }

    static let robustness = [
        RobustnessCurve(
            name: "Rotation", unit: "degrees", amounts: [-45, -30, -15, 0, 15, 30, 45],
            accuracies: [0.51, 0.83, 0.972, 0.9912, 0.975, 0.86, 0.55]),
        RobustnessCurve(
            name: "Shift", unit: "pixels to the right", amounts: [-4, -2, 0, 2, 4],
            accuracies: [0.62, 0.95, 0.9912, 0.96, .nan]),
        RobustnessCurve(
            name: "Scale", unit: "times the size", amounts: [0.6, 0.8, 1, 1.2],
            accuracies: [0.7, 0.97, 0.9912, 0.93]),
        RobustnessCurve(
            name: "Noise", unit: "standard deviation of the noise", amounts: [0, 0.1, 0.2, 0.4],
            accuracies: [0.9912, 0.988, 0.95, 0.71]),
    ]
}

extension ValueMap {
    /// A picture of 28×28, every so many pixels.
    fileprivate func resized28(to extent: Int) -> [Float] {
        (0..<extent * extent).map { index -> Float in
            let row: Int = (index / extent) * 28 / extent
            let column: Int = (index % extent) * 28 / extent
            return values[row * 28 + column]
        }
    }
}
