import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing

/// Every layer's output and gradients against Keras in float64. Both start from the same float32 values.
struct GoldenLayerTests {
    @Test(arguments: ["layers-conv2d", "layers-conv2d-wide"], Kernels.available)
    func convolutionsAgreeWithKeras(file: String, kernels: Kernels) throws {
        let golden = try GoldenFile(file)
        for row in try golden.cases {
            let kernel = try #require(row.kernelSize)
            let strides = try #require(row.strides)
            let layer = Conv2D(
                filters: try #require(row.filters), kernelSize: (kernel[0], kernel[1]),
                stride: (strides[0], strides[1]), padding: try #require(row.padding.flatMap(Padding.init)),
                useBias: try #require(row.useBias as Bool?))
            try check(layer, row, in: golden, kernels)
        }
        #expect(try golden.cases.count > 3)
    }

    @Test(arguments: Kernels.available)
    func poolsAgreeWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("layers-pooling")
        for row in try golden.cases {
            if row.layer == "GlobalAveragePooling2D" {
                try check(GlobalAveragePool2D(), row, in: golden, kernels)
                continue
            }
            let size = try #require(row.poolSize)
            let stride = try #require(row.strides)
            let padding = try #require(row.padding.flatMap(Padding.init))
            let layer: any Layer =
                row.layer == "MaxPooling2D"
                ? MaxPool2D(size: (size[0], size[1]), stride: (stride[0], stride[1]), padding: padding)
                : AveragePool2D(size: (size[0], size[1]), stride: (stride[0], stride[1]), padding: padding)
            try check(layer, row, in: golden, kernels)
        }
        #expect(try golden.cases.count == 36)
    }

    @Test(arguments: Kernels.available)
    func denseLayersAndFlatteningAgreeWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("layers-dense")
        for row in try golden.cases {
            if row.layer == "Flatten" {
                try check(Flatten(), row, in: golden, kernels)
            } else {
                let layer = Dense(try #require(row.units), useBias: try #require(row.useBias as Bool?))
                try check(layer, row, in: golden, kernels)
            }
        }
        #expect(try golden.cases.count == 5)
    }

    @Test(arguments: Kernels.available)
    func activationsAgreeWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("layers-activations")
        for row in try golden.cases {
            let function: ActivationFunction
            switch try #require(row.activation) {
            case "leaky_relu": function = .leakyRelu(slope: try #require(row.negativeSlope))
            case "relu": function = .relu
            case "sigmoid": function = .sigmoid
            case "tanh": function = .tanh
            default: function = .softmax
            }
            #expect(function.name == row.activation)
            try check(Activation(function), row, in: golden, kernels)
        }
        #expect(try golden.cases.count == 6)
    }

    @Test(arguments: Kernels.available)
    func batchNormAgreesWithKeras(kernels: Kernels) throws {
        let golden = try GoldenFile("layers-batchnorm")
        for row in try golden.cases {
            let layer = BatchNorm(
                momentum: try #require(row.momentum), epsilon: try #require(row.epsilon))
            if row.mode == "training" {
                try check(layer, row, in: golden, kernels)
                try checkMovingStatistics(layer, row, in: golden, kernels)
            } else {
                try checkInference(layer, row, in: golden, kernels)
            }
        }
        #expect(try golden.cases.count == 7)
    }
}

// MARK: - One layer

extension GoldenLayerTests {
    /// A network of one layer with the case's parameters.
    private func network(_ layer: any Layer, _ row: GoldenFile.Case, in golden: GoldenFile) throws -> Network
    {
        let shape = Shape(Array(try #require(row.inputShape).dropFirst()))
        let network = try Network(Sequential([layer]), input: shape, seed: 1)
        for slot in network.layout.slots {
            let tensor = "\(row.name).\(slot.description.name)"
            #expect(try golden.shape(of: tensor) == slot.shape)
            network.setParameter(slot.name, to: try golden.floats(tensor))
        }
        return network
    }

    /// Float32 keeps 24 bits: 2⁻²⁴ = 6·10⁻⁸ for each rounding. The sums here have up to some 400 terms, whose errors
    /// mostly cancel; Keras's own float32 run is off by up to 10⁻⁶ of the tensor's largest value (batch norm of
    /// numbers around 10, where subtracting the mean loses one digit: 6·10⁻⁶), and so may we be.
    private func tolerance(_ values: [Double], _ row: GoldenFile.Case) -> Double {
        (row.name.contains("offset") ? 1e-5 : 2e-6) * max(values.largestMagnitude, 0.1)
    }

    private func expect(
        _ actual: [Float], _ tensor: String, _ row: GoldenFile.Case, in golden: GoldenFile, _ kernels: Kernels
    ) throws {
        let expected = try golden.values("\(row.name).\(tensor).f64")
        let what = "\(row.name).\(tensor) with \(kernels)"
        if row.activation != nil {
            // Inputs go up to 10⁴, so each element counts for itself. The exponential of a number around 100 is off by
            // a hundred units; 1 - y near y = 1 by one unit of 1.
            expectClose(actual, expected, tolerance: 5e-7, relative: 5e-6, what)
        } else {
            expectClose(actual, expected, tolerance: tolerance(expected, row), what)
        }
    }

    private func check(
        _ layer: any Layer, _ row: GoldenFile.Case, in golden: GoldenFile, _ kernels: Kernels
    ) throws {
        let network = try network(layer, row, in: golden)
        let batch = Batch(images: try golden.rows("\(row.name).input"), truth: .classes([]))
        let upstream = try golden.rows("\(row.name).upstream")
        let plan = DifferentiationPlan(
            network, capacity: batch.count + 1, pool: WorkerPool(threads: 2),
            kernels: kernels)
        plan.differentiate(batch, upstream: upstream)

        try expect(plan.allOutputs(batch.count).flatMap { $0 }, "output", row, in: golden, kernels)
        for slot in network.layout.slots where slot.description.isTrainable {
            try expect(
                plan.namedGradients[slot.name]!, "gradient.\(slot.description.name)", row, in: golden, kernels
            )
        }
        var inputGradients: [Float] = []
        for image in 0..<batch.count {
            let gradient = FloatBuffer(count: network.inputShape.count)
            plan.copyInputGradient(image, to: gradient.pointer)
            inputGradients += gradient.floats
        }
        try expect(inputGradients, "gradient.input", row, in: golden, kernels)
    }

    private func checkMovingStatistics(
        _ layer: BatchNorm, _ row: GoldenFile.Case, in golden: GoldenFile, _ kernels: Kernels
    ) throws {
        let network = try network(layer, row, in: golden)
        let input = try golden.rows("\(row.name).input")
        let batch = Batch(images: input, truth: .values(input))
        let plan = try TrainingPlan(
            network, loss: .meanSquaredError, capacity: batch.count, pool: WorkerPool(threads: 1),
            kernels: kernels)
        plan.train(batch) { _ in }
        for statistic in ["moving_mean", "moving_variance"] {
            try expect(network["batchnorm1.\(statistic)"]!, "updated.\(statistic)", row, in: golden, kernels)
        }
    }

    private func checkInference(
        _ layer: BatchNorm, _ row: GoldenFile.Case, in golden: GoldenFile, _ kernels: Kernels
    ) throws {
        let network = try network(layer, row, in: golden)
        let batch = Batch(images: try golden.rows("\(row.name).input"), truth: .classes([]))
        let plan = InferencePlan(
            network, capacity: batch.count, pool: WorkerPool(threads: 1), kernels: kernels)
        plan.run(batch)
        try expect(plan.allOutputs(batch.count).flatMap { $0 }, "output", row, in: golden, kernels)
    }
}
