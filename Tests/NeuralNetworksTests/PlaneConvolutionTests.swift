import Compute
import NeuralNetworks
import TestSupport
import Testing

/// The first convolution of pictures in grey, which skips what is blank, against the general step, which does not.
///
/// The general step is taken where there is more than one channel; here a second one that is 0 everywhere.
struct PlaneConvolutionTests {
    /// What the pictures show.
    enum Ink: CaseIterable {
        case blank
        /// −0 is blank as well.
        case negativeZeros
        case leftHalf
        case lowerHalf
        case fewPixels
        case noise
    }

    struct Block: Sendable, CustomTestStringConvertible {
        let input: Shape
        let convolution: Conv2D

        var testDescription: String {
            "\(convolution.filters) filters \(convolution.kernelSize) \(convolution.padding) on \(input)"
        }
    }

    static let blocks = [
        Block(input: [9, 12, 1], convolution: Conv2D(filters: 5, kernelSize: 3)),
        Block(input: [11, 9, 1], convolution: Conv2D(filters: 18, kernelSize: 3, padding: .same)),
        Block(input: [13, 10, 1], convolution: Conv2D(filters: 33, kernelSize: 5, useBias: false)),
        Block(input: [8, 7, 1], convolution: Conv2D(filters: 16, kernelSize: 5, padding: .same)),
        Block(input: [7, 11, 1], convolution: Conv2D(filters: 3, kernelSize: (2, 4))),
        Block(input: [10, 9, 1], convolution: Conv2D(filters: 17, kernelSize: (2, 4), padding: .same)),
        Block(input: [5, 6, 1], convolution: Conv2D(filters: 20, kernelSize: 1)),
    ]

    fileprivate static let images = 6

    @Test(arguments: blocks, Kernels.available)
    func itEqualsTheGeneralStep(block: Block, kernels: Kernels) throws {
        for ink in Ink.allCases {
            for hasRelu in [true, false] {
                let plane = try Trained(block, ink, hasRelu: hasRelu, isGeneral: false, kernels)
                let general = try Trained(block, ink, hasRelu: hasRelu, isGeneral: true, kernels)
                let what = "\(ink), ReLU \(hasRelu)"
                #expect(plane.losses.allSatisfy { $0.isFinite }, "\(what)")
                expectSame(plane.losses, general.losses, "losses, \(what)")
                expectSame(plane.outputs, general.outputs, "outputs, \(what)")
                for (name, gradient) in general.gradients {
                    expectSame(plane.gradients[name]!, gradient, "\(name), \(what)")
                }
            }
        }
    }

    @Test(arguments: blocks, Kernels.available)
    func blankImagesGiveTheWeightsNoGradient(block: Block, kernels: Kernels) throws {
        for ink in [Ink.blank, .negativeZeros] {
            let trained = try Trained(block, ink, hasRelu: true, isGeneral: false, kernels)
            #expect(trained.gradients["conv1.weight"]!.allSatisfy { $0 == 0 }, "\(ink)")
            if block.convolution.useBias {
                #expect(trained.gradients["conv1.bias"]!.contains { $0 != 0 }, "\(ink)")
            }
        }
    }

    /// 0 · NaN and 0 · ∞ are NaN: training must see that it has diverged, whatever the pictures show.
    @Test(arguments: blocks, Kernels.available)
    func aWeightThatIsNoNumberReachesTheLoss(block: Block, kernels: Kernels) throws {
        for value in [Float.nan, .infinity, -.infinity] {
            for ink in Ink.allCases where value.isNaN || ink != .noise {
                for isGeneral in [false, true] {
                    let trained = try Trained(
                        block, ink, hasRelu: true, isGeneral: isGeneral, kernels, lastWeight: value)
                    #expect(
                        trained.losses.allSatisfy { !$0.isFinite },
                        "\(value), \(ink), general step \(isGeneral)")
                }
            }
        }
    }

    @Test(arguments: Kernels.available)
    func theSignOfZeroDoesNotMatter(kernels: Kernels) throws {
        let zeros = try Trained(Self.blocks[0], .blank, hasRelu: true, isGeneral: false, kernels)
        let negative = try Trained(Self.blocks[0], .negativeZeros, hasRelu: true, isGeneral: false, kernels)
        #expect(zeros.outputs == negative.outputs)
        #expect(zeros.gradients == negative.gradients)
    }

    /// What a training step computed.
    private struct Trained {
        let losses, outputs: [Float]
        /// Those of the second channel's weights left out.
        var gradients: [String: [Float]]

        init(
            _ block: Block, _ ink: Ink, hasRelu: Bool, isGeneral: Bool, _ kernels: Kernels,
            lastWeight: Float? = nil
        ) throws {
            let images = PlaneConvolutionTests.images
            let relu: [any Layer] = hasRelu ? [Activation(.relu)] : []
            let description = Sequential(
                [block.convolution, MaxPool2D(size: 2)] + relu + [Flatten(), Dense(4, activation: .softmax)])
            let plane = try Network(description, input: block.input, seed: 1)
            plane.randomizeParameters(seed: 5)
            var weights = plane["conv1.weight"]!
            if let lastWeight { weights[weights.count - 1] = lastWeight }
            plane.setParameter("conv1.weight", to: weights)
            var network = plane
            var batch = Batch(
                count: images, for: network, loss: .sparseCategoricalCrossentropy, seed: 9)
            batch.draw(ink, rows: block.input[0], columns: block.input[1])
            if isGeneral {
                network = try Network(
                    description, input: [block.input[0], block.input[1], 2], seed: 1)
                for (name, values) in plane.namedParameters {
                    network.setParameter(name, to: name == "conv1.weight" ? values.withZeros : values)
                }
                batch.images = batch.images.map(\.withZeros)
            }
            let plan = try TrainingPlan(
                network, loss: .sparseCategoricalCrossentropy, capacity: images + 1,
                pool: WorkerPool(threads: 2), kernels: kernels)
            plan.train(batch)
            losses = plan.allLosses(images)
            outputs = plan.allOutputs(images).flatMap { $0 }
            gradients = plan.namedGradients
            if isGeneral {
                let both = gradients["conv1.weight"]!
                gradients["conv1.weight"] = stride(from: 0, to: both.count, by: 2).map { both[$0] }
            }
        }
    }

    /// Sums of at most a few hundred terms, in another order: a few roundings of the largest.
    private func expectSame(
        _ actual: [Float], _ expected: [Float], _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = expected.map(Double.init)
        expectClose(
            actual, expected, tolerance: 4e-6 * expected.largestMagnitude, what,
            sourceLocation: sourceLocation)
    }
}

extension Batch {
    /// Blanks some of the pixels of pictures in grey.
    fileprivate mutating func draw(_ ink: PlaneConvolutionTests.Ink, rows: Int, columns: Int) {
        for (image, pixels) in images.enumerated() {
            images[image] = pixels.enumerated().map { index, value in
                switch ink {
                case .blank: 0
                case .negativeZeros: -0.0
                case .leftHalf: index % columns < columns / 2 ? value : 0
                case .lowerHalf: index / columns < rows / 2 ? 0 : value
                case .fewPixels: (index + 5 * image) % 17 == 0 ? value : 0
                case .noise: value
                }
            }
        }
    }
}

extension [Float] {
    /// Each number and a 0 after it.
    fileprivate var withZeros: [Float] { flatMap { [$0, 0] } }
}
