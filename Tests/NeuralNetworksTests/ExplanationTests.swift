import Compute
import NeuralNetworks
import TestSupport
import Testing

/// A plan that explains, against the network in Double as it predicts: every layer's output, and the gradient of the
/// outputs before a softmax with respect to it and to the input.
struct ExplanationTests {
    /// As in `GradientTests`.
    private static let tolerance = 1e-5
    private static let images = 5

    /// A derivative from both sides. They differ where units that ReLU has made 0 meet in a maximum: only one of them gets
    /// its gradient.
    private struct Derivative {
        let left: Double
        let right: Double

        var isKink: Bool { left != right }

        func nearest(to value: Float) -> Double {
            abs(left - Double(value)) < abs(right - Double(value)) ? left : right
        }
    }

    private func expectGradient(
        _ actual: [Float], _ expected: [Derivative], _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let largest = expected.reduce(0.1) { max($0, abs($1.left)) }
        expectClose(
            actual, zip(expected, actual).map { $0.nearest(to: $1) }, tolerance: Self.tolerance * largest,
            "gradient of \(what)", sourceLocation: sourceLocation)
    }

    /// Each row of the table, ending before its softmax, if it ends in one.
    private struct Explained {
        let row: NetworkRow
        let network: Network
        let withoutSoftmax: Network
        let batch: Batch
        let upstream: [[Float]]

        init(_ row: NetworkRow) throws {
            self.row = row
            network = try row.makeNetwork()
            withoutSoftmax = try Network(row.layers.withoutFinalSoftmax, input: row.input, seed: 1)
            for (name, values) in network.namedParameters { withoutSoftmax.setParameter(name, to: values) }
            batch = Batch(count: images, for: network, loss: row.loss, seed: 11)
            var random = CounterBasedRandom(seed: 4, purpose: .synthesis)
            let outputs = network.outputShape.count
            upstream = (0..<images).map { _ in (0..<outputs).map { _ in random.nextSigned() } }
        }

        var input: [[Double]] { batch.images.map { $0.map(Double.init) } }

        var reference: ReferenceNetwork { ReferenceNetwork(withoutSoftmax, isTraining: false) }

        /// Of each layer, first to last.
        func outputs() -> [[[Double]]] {
            var branches = ReferenceNetwork.Branches()
            return reference.forward(input, samples: batch.samples, branches: &branches)
        }

        /// The gradient of Σ output · upstream with respect to what layer `first` is given, by central differences.
        func gradient(ofInputTo first: Int, _ values: [[Double]]) -> [Derivative] {
            values.indices.flatMap { image in
                values[image].indices.map { derivative(values[image], $0, image, from: first) }
            }
        }

        private func derivative(_ values: [Double], _ index: Int, _ image: Int, from first: Int) -> Derivative
        {
            // Where a kink lies between the two points, they move together until none does.
            var step = 1e-5
            while true {
                let above = sum(values, index, step, image, from: first)
                let below = sum(values, index, -step, image, from: first)
                if above.signature == below.signature {
                    let slope = (above.sum - below.sum) / (2 * step)
                    return Derivative(left: slope, right: slope)
                }
                if step < 1e-7 {
                    let middle = sum(values, index, 0, image, from: first).sum
                    return Derivative(left: (middle - below.sum) / step, right: (above.sum - middle) / step)
                }
                step /= 8
            }
        }

        private func sum(
            _ values: [Double], _ index: Int, _ step: Double, _ image: Int, from first: Int
        ) -> (sum: Double, signature: UInt64) {
            var values = values
            values[index] += step
            var branches = ReferenceNetwork.Branches()
            let outputs =
                reference.forward(
                    [values], samples: [batch.samples[image]], from: first, branches: &branches
                ).last ?? [values]
            let sum = zip(outputs[0], upstream[image]).reduce(0) { $0 + $1.0 * Double($1.1) }
            return (sum, branches.signature)
        }

        /// A plan after forward and back. The capacity is larger than the batch.
        func plan(_ kernels: Kernels, threads: Int = 2) -> ExplanationPlan {
            let plan = ExplanationPlan(
                network, capacity: 9, pool: WorkerPool(threads: threads), kernels: kernels
            )
            plan.run(batch)
            plan.backpropagate(images: images) { place, destination in
                for (index, value) in upstream[place].enumerated() { destination[index] = value }
            }
            return plan
        }
    }

    @Test(arguments: NetworkTable.rows)
    func everyLayersOutputAndGradientAgreeWithTheReference(row: NetworkRow) throws {
        let explained = try Explained(row)
        let outputs = explained.outputs()
        let inputGradient = explained.gradient(ofInputTo: 0, explained.input)
        let gradients = outputs.indices.map { explained.gradient(ofInputTo: $0 + 1, outputs[$0]) }
        #expect(inputGradient.contains { abs($0.left) > 1e-3 } && !inputGradient.contains(where: \.isKink))
        for kernels in Kernels.available {
            let plan = explained.plan(kernels)
            #expect(plan.leavesOutSoftmax == (row.layers != row.layers.withoutFinalSoftmax))
            for layer in outputs.indices {
                let name = "\(explained.network.description.layerNames[layer]) with \(kernels)"
                let output = (0..<Self.images).flatMap { plan.layerOutput(layer, image: $0) }
                let expected = outputs[layer].flatMap { $0 }
                expectClose(
                    output, expected, tolerance: Self.tolerance * max(1, expected.largestMagnitude),
                    "output of \(name)")
                let gradient = (0..<Self.images).flatMap { plan.layerGradient(layer, image: $0) }
                expectGradient(gradient, gradients[layer], name)
            }
            expectGradient(plan.inputGradients(explained.batch), inputGradient, "the input with \(kernels)")
        }
    }

    @Test(arguments: NetworkTable.rows)
    func anyNumberOfThreadsGivesTheSameBitsAndChangesNoParameter(row: NetworkRow) throws {
        let explained = try Explained(row)
        let parameters = explained.network.namedParameters
        let expected = explained.plan(.best, threads: 1).inputGradients(explained.batch)
        for threads in [2, 3, 8] {
            #expect(explained.plan(.best, threads: threads).inputGradients(explained.batch) == expected)
        }
        #expect(explained.network.namedParameters == parameters)
    }

    /// Whatever becomes of the network, a plan explains what it was made of.
    @Test func aPlanKeepsTheParametersThatItWasMadeOf() throws {
        let network = try GoldenNetworks.makeSecond()
        let plan = ExplanationPlan(network, capacity: 1, pool: WorkerPool(threads: 1))
        let batch = Batch(count: 1, for: network, loss: .meanSquaredError, seed: 2)
        func gradient(_ plan: ExplanationPlan) -> [Float] {
            plan.run(batch)
            plan.backpropagate(images: 1) { _, destination in
                for index in 0..<10 { destination[index] = index == 3 ? 1 : 0 }
            }
            return plan.inputGradients(batch)
        }
        let before = gradient(plan)
        network.randomizeParameters(seed: 9)
        #expect(gradient(plan) == before)
        let fresh = ExplanationPlan(network, capacity: 1, pool: WorkerPool(threads: 1))
        #expect(gradient(fresh) != before)
    }
}

extension ExplanationPlan {
    /// The gradients with respect to the inputs, one after the other.
    fileprivate func inputGradients(_ batch: Batch) -> [Float] {
        batch.images.indices.flatMap { image in
            [Float](unsafeUninitializedCapacity: batch.images[image].count) { buffer, count in
                copyInputGradient(image, to: buffer.baseAddress!)
                count = batch.images[image].count
            }
        }
    }
}

extension Sequential {
    /// The same layers, but for a softmax that is the last operation.
    fileprivate var withoutFinalSoftmax: Sequential {
        var layers = layers
        switch layers.last {
        case let layer as Dense where layer.activation == .softmax:
            layers[layers.count - 1] = Dense(layer.units, useBias: layer.useBias)
        case let layer as Conv2D where layer.activation == .softmax:
            layers[layers.count - 1] = Conv2D(
                filters: layer.filters, kernelSize: (layer.kernelSize[0], layer.kernelSize[1]),
                stride: (layer.stride[0], layer.stride[1]), padding: layer.padding, useBias: layer.useBias)
        case let layer as Activation where layer.function == .softmax:
            // A rate of 0 keeps the layer's place.
            layers[layers.count - 1] = Dropout(0)
        default: break
        }
        return Sequential(layers)
    }
}
