import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// Strips of faint noise with bars at random columns, and what stands at each pair of columns: nothing, a bar of full height or one
/// of half the height.
struct Strips: BatchSource {
    static let classes = 3

    let inputShape: Shape
    /// The class of each pair of columns; nil where nobody knows it.
    private let columns: [[Int?]]
    private let inputs: [[Float]]

    /// - Parameters:
    ///   - width: Columns of a strip, an even number.
    ///   - unknown: Every so many pairs of columns, one has no target; 0 for none.
    init(_ count: Int, width: Int = 24, unknown: Int = 0, seed: UInt64 = 5) {
        let height = 8
        var random = CounterBasedRandom(seed: seed, purpose: .synthesis)
        inputShape = [height, width, 1]
        let classes = (0..<count).map { _ in
            (0..<width / 2).map { _ in Int(random.next32() % UInt32(Self.classes)) }
        }
        inputs = classes.map { classes in
            (0..<height * width).map { pixel in
                let (row, column) = (pixel / width, pixel % width)
                let length = [0, height, height / 2][classes[column / 2]]
                return (column % 2 == 0 && row < length ? 0.8 : 0) + 0.2 * random.nextUniform()
            }
        }
        columns = classes.map { classes in
            classes.indices.map { unknown > 0 && $0 % unknown == 0 ? nil : classes[$0] }
        }
    }

    var count: Int { inputs.count }

    func label(of sample: Int) -> Int { preconditionFailure("A strip has no class.") }

    func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
        for (index, value) in inputs[sample].enumerated() { destination[index] = value }
    }

    func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
        destination.update(repeating: 0)
        for (column, label) in columns[sample].enumerated() {
            if let label { destination[column * Self.classes + label] = 1 }
        }
    }
}

/// Networks that answer at each of many columns.
struct PositionTests {
    private static func reader(activation: ActivationFunction?) -> Sequential {
        Sequential {
            Conv2D(filters: 8, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm(momentum: 0.9)
            Activation(.relu)
            MaxPool2D(size: (2, 1))
            Conv2D(filters: 12, kernelSize: 3, padding: .same, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: Strips.classes, kernelSize: (2, 1), activation: activation)
        }
    }

    private static func makeReader(_ loss: Loss = .categoricalCrossentropy, width: Int = 24) throws -> Network
    {
        try Network(
            reader(activation: loss.isFromLogits ? nil : .softmax), input: [8, width, 1], seed: 1)
    }

    @Test(arguments: [
        Loss.categoricalCrossentropy, .categoricalCrossentropyFromLogits, .meanSquaredError,
    ])
    func readsBarsInStrips(loss: Loss) throws {
        let network = try Self.makeReader(loss)
        #expect(network.outputShape == [1, 12, 3])
        let history = try makeTrainer(
            network, .adam(learningRate: 0.01), loss: loss, epochs: 12, batchSize: 16
        )
        .fit(Strips(256), validation: Strips(64, seed: 77), callbacks: [])
        let epoch = try #require(history.epochs.last)
        #expect(
            try #require(epoch.validationMetrics["accuracy"]) > 0.99, "\(loss): \(history["val_accuracy"])")
        #expect(try #require(epoch.validationLoss) < history.epochs[0].loss)
    }

    /// Smoothed targets, too, and where two in three columns are unknown.
    @Test func readsBarsOfWhichSomeAreUnknown() throws {
        let network = try Self.makeReader()
        var configuration = TrainingConfiguration.with(epochs: 12, batchSize: 16, labelSmoothing: 0.1)
        configuration.earlyStopping = 12
        let history = try makeTrainer(
            network, .adam(learningRate: 0.01), loss: .categoricalCrossentropy, configuration: configuration,
            threads: 2
        ).fit(Strips(256, unknown: 2), validation: Strips(64, seed: 77), callbacks: [])
        #expect(try #require(history.epochs.last?.validationMetrics["accuracy"]) > 0.99)
    }

    @Test func trainsToTheSameBitsOnAnyNumberOfThreads() throws {
        let runs = try [1, 2, 3].map { threads in
            let network = try Self.makeReader()
            let history = try makeTrainer(
                network, .adam(), loss: .categoricalCrossentropy, epochs: 2, batchSize: 9, threads: threads
            ).fit(Strips(40, unknown: 3), validation: Strips(11), callbacks: [])
            return (network.bits, history["loss"] + history["val_loss"] + history["accuracy"])
        }
        for run in runs {
            #expect(run.0 == runs[0].0)
            #expect(run.1 == runs[0].1)
        }
    }

    // MARK: - Metrics

    /// Pixels are logits, so that outputs are what the test names.
    private struct Answers: BatchSource {
        let outputs: [Float]
        let target: [Float]
        let count = 1
        var inputShape: Shape { [1, outputs.count / 3, 3] }

        func label(of sample: Int) -> Int { preconditionFailure("There is no class.") }
        func copyInput(of sample: Int, into destination: inout MutableSpan<Float>) {
            for (index, value) in outputs.enumerated() { destination[index] = value }
        }
        func copyTarget(of sample: Int, into destination: inout MutableSpan<Float>) {
            for (index, value) in target.enumerated() { destination[index] = value }
        }
    }

    private func evaluate(_ outputs: [Float], _ target: [Float]) throws -> EvaluationResult {
        let answers = Answers(outputs: outputs, target: target)
        let network = try Network(
            Sequential { Conv2D(filters: 3, kernelSize: 1, useBias: false) }, input: answers.inputShape,
            seed: 0)
        network.setParameter("conv1.weight", to: [1, 0, 0, 0, 1, 0, 0, 0, 1])
        return try Evaluator(
            network, loss: .categoricalCrossentropyFromLogits, metrics: [.accuracy, .topKAccuracy(k: 2)],
            pool: WorkerPool(threads: 1)
        ).evaluate(answers)
    }

    @Test func accuracyIsTheShareOfThePositionsWithATarget() throws {
        let outputs: [Float] = [0, 3, 1, 5, 0, 2, 0, 1, 9, 4, 4, 0]
        let result = try evaluate(outputs, [0.1, 0.9, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
        #expect(result.predictions == [1, 0, 2, 0])
        // Right; second of three; not counted; second of equals.
        #expect(result.metrics == ["accuracy": 1.0 / 3, "top_2_accuracy": 1])
        #expect(result.count == 1)
        let none = try evaluate(outputs, Array(repeating: 0, count: 12))
        #expect(none.metrics == ["accuracy": 0, "top_2_accuracy": 0])
        #expect(none.loss == 0)
    }

    // MARK: - Another width

    /// The columns of the input that an output's column depends on, by the windows of the layers.
    private func reach(of column: Int, _ network: Network) -> ClosedRange<Int> {
        var reach = column...column
        for (index, layer) in network.description.layers.enumerated().reversed() {
            let width = index == 0 ? network.inputShape[1] : network.outputShapes[index - 1][1]
            let window: (size: [Int], stride: [Int], padding: Padding)
            switch layer {
            case let layer as Conv2D: window = (layer.kernelSize, layer.stride, layer.padding)
            case let layer as MaxPool2D: window = (layer.size, layer.stride, layer.padding)
            default: continue
            }
            let first = -window.padding.before(input: width, window: window.size[1], stride: window.stride[1])
            reach =
                first + reach.lowerBound * window.stride[1]...first + reach.upperBound * window.stride[1]
                + window.size[1] - 1
        }
        return reach
    }

    @Test(arguments: Kernels.available)
    func aNetworkReadsStripsOfAnotherWidth(kernels: Kernels) throws {
        let network = try Self.makeReader()
        _ = try makeTrainer(
            network, .adam(learningRate: 0.01), loss: .categoricalCrossentropy, kernels: kernels
        )
        .fit(Strips(64), validation: nil, callbacks: [])
        let wide = try network.with(input: [8, 40, 1])
        #expect(wide.layout == network.layout)
        #expect(wide.bits == network.bits)
        #expect(wide.outputShape == [1, 20, 3])

        // The wide strips begin with the narrow ones.
        let strips = Strips(3, width: 40)
        let pool = WorkerPool(threads: 1)
        let outputs = [network, wide].map { network in
            let plan = InferencePlan(
                CompiledNetwork(network, kernels: kernels), capacity: 3, pool: pool)
            plan.run(LeftPart(strips: strips, shape: network.inputShape))
            return (0..<3).map { Array(plan.outputs($0)) }
        }
        let inside = (0..<12).filter { reach(of: $0, network).upperBound < 24 }
        #expect(inside == Array(0...10))
        for image in 0..<3 {
            for column in inside {
                for place in column * 3..<(column + 1) * 3 {
                    // Winograd's tiles at the right edge have other neighbours, which costs a rounding.
                    #expect(abs(outputs[0][image][place] - outputs[1][image][place]) < 1e-6)
                }
            }
        }
        // The last column sees what follows.
        #expect(outputs[0].map { $0[33..<36] } != outputs[1].map { $0[33..<36] })

        // What it was trained for, it does at the other width as well.
        let evaluator = Evaluator(
            wide, loss: .categoricalCrossentropy, metrics: [.accuracy], pool: pool, kernels: kernels)
        #expect(try evaluator.evaluate(strips).predictions.count == 60)

        // The parameters are its own.
        wide.setParameter("conv1.weight", to: wide["conv1.weight"]!.map { $0 + 1 })
        #expect(wide.bits != network.bits)
    }

    private struct LeftPart: ImageBatch {
        let strips: Strips
        let shape: Shape
        var count: Int { strips.count }

        func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
            let width = strips.inputShape[1]
            var whole = [Float](repeating: 0, count: strips.inputShape.count)
            var span = whole.mutableSpan
            strips.copyInput(of: place, into: &span)
            for pixel in 0..<shape.count {
                destination[pixel] = whole[pixel / shape[1] * width + pixel % shape[1]]
            }
        }
    }

    @Test func parametersThatDependOnTheInputsSizeAreRefused() throws {
        let network = try Network(
            Sequential {
                Conv2D(filters: 2, kernelSize: 3)
                Flatten()
                Dense(4)
            }, input: [8, 8, 1], seed: 1)
        let error = ShapeError(
            layer: "layer 3 (Dense)",
            reason:
                "For an input of 8×9×1 its weight has shape 4×84, but for 8×8×1 4×72; use a network of layers whose "
                + "parameters fit any height and width.")
        #expect(throws: error) { try network.with(input: [8, 9, 1]) }
        #expect(throws: ShapeError.self) { try network.with(input: [2, 2, 1]) }
        #expect(throws: ShapeError.self) { try Self.makeReader().with(input: [8, 24, 2]) }
    }
}
