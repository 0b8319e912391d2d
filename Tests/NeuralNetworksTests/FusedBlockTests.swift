import Compute
import NeuralNetworks
import TestSupport
import Testing

/// The fused block against the same layers one by one. A max-pool of size 1 between them computes nothing but keeps
/// them from being fused.
struct FusedBlockTests {
    /// What the images and the block's parameters are like.
    enum Values: CaseIterable {
        case ordinary
        /// All four outputs of each window are equal, and above 0.
        case constantImages
        /// All outputs are the bias.
        case zeroWeights
        /// Every other output channel is below 0 everywhere.
        case deadUnits
        /// Small whole numbers: exact in either computation, with ties in many windows.
        case wholeNumbers
    }

    /// Convolutions for the direct and the Winograd kernel; rows and columns that do not fill a window.
    struct Block: Sendable, CustomTestStringConvertible {
        let input: Shape
        let convolution: Conv2D

        var testDescription: String {
            "\(convolution.filters) filters \(convolution.kernelSize) \(convolution.padding) on \(input)"
        }
    }

    static let blocks = [
        Block(input: [9, 8, 1], convolution: Conv2D(filters: 5, kernelSize: 3)),
        Block(input: [8, 9, 3], convolution: Conv2D(filters: 17, kernelSize: 5)),
        Block(input: [7, 9, 8], convolution: Conv2D(filters: 16, kernelSize: 3)),
        Block(input: [9, 7, 20], convolution: Conv2D(filters: 19, kernelSize: 3)),
        Block(input: [8, 8, 64], convolution: Conv2D(filters: 64, kernelSize: 3)),
        Block(
            input: [6, 5, 20], convolution: Conv2D(filters: 3, kernelSize: 3, padding: .same, useBias: false)),
        Block(input: [11, 12, 18], convolution: Conv2D(filters: 4, kernelSize: 3, stride: 2)),
    ]

    @Test(arguments: blocks, Kernels.available)
    func fusedBlockEqualsItsLayers(block: Block, kernels: Kernels) throws {
        for values in Values.allCases {
            for hasRelu in [true, false] {
                let unfused = try run(block, values, hasRelu, .unfused, kernels)
                let orders: [Order] = hasRelu ? [.reluFirst, .poolFirst] : [.poolFirst]
                for order in orders {
                    let fused = try run(block, values, hasRelu, order, kernels)
                    let what = "\(values), ReLU \(hasRelu), \(order)"
                    expectClose(fused.outputs, unfused.outputs, "output, \(what)")
                    expectClose(fused.inputGradient, unfused.inputGradient, "input gradient, \(what)")
                    for (name, gradient) in unfused.gradients {
                        expectClose(fused.gradients[name]!, gradient, "\(name), \(what)")
                    }
                }
            }
        }
    }

    private enum Order { case unfused, reluFirst, poolFirst }

    private struct Results {
        var outputs: [Float]
        var inputGradient: [Float]
        var gradients: [String: [Float]]
    }

    /// Winograd's sums and differences cost up to two bits against direct sums of up to 580 products. In the cases with
    /// ties both computations are exact where it matters, so that ties stay ties.
    private func expectClose(
        _ actual: [Float], _ expected: [Float], _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = expected.map(Double.init)
        TestSupport.expectClose(
            actual, expected, tolerance: 4e-6 * max(expected.largestMagnitude, 1), what,
            sourceLocation: sourceLocation)
    }

    private func run(
        _ block: Block, _ values: Values, _ hasRelu: Bool, _ order: Order, _ kernels: Kernels
    ) throws -> Results {
        let layers: [any Layer] =
            switch order {
            case .unfused where hasRelu:
                [block.convolution, MaxPool2D(size: 1), Activation(.relu), MaxPool2D(size: 2)]
            case .unfused: [block.convolution, MaxPool2D(size: 1), MaxPool2D(size: 2)]
            case .reluFirst: [block.convolution, Activation(.relu), MaxPool2D(size: 2)]
            case .poolFirst where hasRelu: [block.convolution, MaxPool2D(size: 2), Activation(.relu)]
            case .poolFirst: [block.convolution, MaxPool2D(size: 2)]
            }
        let network = try Network(Sequential(layers), input: block.input, seed: 1)
        let images = 5
        let batch = prepare(network, values, images)
        let upstream = Batch(count: images, for: network, loss: .meanSquaredError, seed: 29)
        guard case .values(let rows) = upstream.truth else { preconditionFailure("Values were asked for.") }

        let plan = DifferentiationPlan(
            network, capacity: images + 2, pool: WorkerPool(threads: 2),
            kernels: kernels)
        plan.differentiate(batch, upstream: rows)
        let gradient = FloatBuffer(count: block.input.count)
        let inputGradient = (0..<images).flatMap { image in
            plan.copyInputGradient(image, to: gradient.pointer)
            return Array(gradient.floats)
        }
        return Results(
            outputs: plan.allOutputs(images).flatMap { $0 }, inputGradient: inputGradient,
            gradients: plan.namedGradients)
    }

    /// Sets the parameters and makes the images.
    private func prepare(_ network: Network, _ values: Values, _ images: Int) -> Batch {
        network.randomizeParameters(seed: 5)
        var batch = Batch(count: images, for: network, loss: .meanSquaredError, seed: 23)
        let weights = network["conv1.weight"]!
        let bias = network["conv1.bias"]
        switch values {
        case .ordinary: break
        case .constantImages:
            batch.images = (1...images).map { Array(repeating: Float($0), count: network.inputShape.count) }
            network.setParameter("conv1.weight", to: weights.map { abs($0) })
        case .zeroWeights:
            network.setParameter("conv1.weight", to: weights.map { _ in 0 })
        case .deadUnits:
            if let bias {
                network.setParameter("conv1.bias", to: bias.indices.map { $0 % 2 == 0 ? -8 : bias[$0] })
            }
        case .wholeNumbers:
            batch.images = batch.images.map { $0.map { ($0 * 2).rounded() } }
            network.setParameter("conv1.weight", to: weights.indices.map { Float($0 * 7 % 5 - 2) })
            if let bias { network.setParameter("conv1.bias", to: bias.indices.map { Float($0 % 3 - 1) }) }
        }
        return batch
    }
}

extension FusedBlockTests {
    /// A dead unit's output is 0 and nothing flows back through it.
    @Test(arguments: Kernels.available)
    func deadUnitsGetNoGradient(kernels: Kernels) throws {
        let network = try Network(
            Sequential {
                Conv2D(filters: 20, kernelSize: 3, activation: .relu)
                MaxPool2D(size: 2)
            }, input: [6, 6, 8], seed: 1)
        network.setParameter("conv1.bias", to: Array(repeating: -1000, count: 20))
        let batch = Batch(count: 3, for: network, loss: .meanSquaredError, seed: 2)
        let plan = try TrainingPlan(
            network, loss: .meanSquaredError, capacity: 3, pool: WorkerPool(threads: 1),
            kernels: kernels)
        plan.train(batch)
        #expect(plan.allOutputs(3).joined().allSatisfy { $0 == 0 })
        #expect(plan.namedGradients.values.joined().allSatisfy { $0 == 0 })
    }

    /// With equal values the first of the window gets the gradient: that of a pixel that no other window shares.
    @Test(arguments: [1, 8, 20], Kernels.available)
    func theFirstOfEqualValuesGetsTheGradient(channels: Int, kernels: Kernels) throws {
        let network = try Network(
            Sequential {
                Conv2D(filters: 2, kernelSize: 3)
                MaxPool2D(size: 2)
            }, input: [4, 4, channels], seed: 1)
        // All outputs are the bias, whose gradient goes to the window's first output, which reads pixels 0...2.
        network.setParameter("conv1.weight", to: Array(repeating: 0, count: 18 * channels))
        let plan = DifferentiationPlan(
            network, capacity: 1, pool: WorkerPool(threads: 1), kernels: kernels)
        let image = (0..<16 * channels).map { Float($0 / channels) }
        plan.differentiate(Batch(images: [image], truth: .classes([])), upstream: [[1, 2]])
        let window: [Float] = [0, 1, 2, 4, 5, 6, 8, 9, 10].flatMap { Array(repeating: $0, count: channels) }
        #expect(plan.namedGradients["conv1.weight"] == window + window.map { 2 * $0 })
    }
}
