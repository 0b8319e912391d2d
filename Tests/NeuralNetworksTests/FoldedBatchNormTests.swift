import Compute
import NeuralNetworks
import TestSupport
import Testing

/// Batch normalisation with the moving statistics, in every order with what other steps take in, against the layers one
/// by one in Double.
struct FoldedBatchNormTests {
    /// A network, and how many steps it is in inference.
    struct Order: Sendable, CustomTestStringConvertible {
        let name: String
        let input: Shape
        let steps: Int
        let layers: Sequential

        init(_ name: String, _ input: Shape, steps: Int, @LayerBuilder _ layers: () -> [any Layer]) {
            self.name = name
            self.input = input
            self.steps = steps
            self.layers = Sequential(layers)
        }

        var testDescription: String { name }
    }

    /// With 8 or more channels and a pool the convolution is Winograd's, with more than 16 it is cut into blocks.
    static let orders = [1, 9, 18].flatMap { channels in
        [
            Order("convolution, batch norm, \(channels) channels", [6, 7, channels], steps: 1) {
                Conv2D(filters: 18, kernelSize: 3)
                BatchNorm()
            },
            Order("convolution without bias, batch norm, ReLU, \(channels)", [6, 7, channels], steps: 1) {
                Conv2D(filters: 5, kernelSize: 3, padding: .same, useBias: false)
                BatchNorm()
                Activation(.relu)
            },
            Order("convolution, batch norm, ReLU, pool, \(channels)", [9, 8, channels], steps: 1) {
                Conv2D(filters: 18, kernelSize: 3)
                BatchNorm()
                Activation(.relu)
                MaxPool2D(size: 2)
            },
            Order("convolution, batch norm, pool, ReLU, \(channels)", [9, 8, channels], steps: 1) {
                Conv2D(filters: 6, kernelSize: 3, padding: .same, useBias: false)
                BatchNorm()
                MaxPool2D(size: 2)
                Activation(.relu)
            },
            Order("convolution, ReLU, batch norm, \(channels)", [6, 7, channels], steps: 2) {
                Conv2D(filters: 18, kernelSize: 3, activation: .relu)
                BatchNorm()
            },
            Order("convolution, pool, batch norm, ReLU, \(channels)", [9, 8, channels], steps: 2) {
                Conv2D(filters: 18, kernelSize: 3)
                MaxPool2D(size: 2)
                BatchNorm()
                Activation(.relu)
            },
            Order("convolution, ReLU, pool, batch norm, \(channels)", [9, 8, channels], steps: 2) {
                Conv2D(filters: 18, kernelSize: 3, activation: .relu)
                MaxPool2D(size: 2)
                BatchNorm()
            },
            Order("convolution, two batch norms, ReLU, \(channels)", [6, 7, channels], steps: 2) {
                Conv2D(filters: 7, kernelSize: 2)
                BatchNorm()
                BatchNorm()
                Activation(.relu)
            },
            Order(
                "batch norm, padded convolution, dropout, batch norm, \(channels)", [5, 4, channels], steps: 2
            ) {
                BatchNorm()
                Conv2D(filters: 7, kernelSize: 3, padding: .same)
                Dropout(0.5)
                BatchNorm()
            },
            Order("only what is needed, \(channels)", [12, 13, channels], steps: 4) {
                Conv2D(filters: 18, kernelSize: 3)
                BatchNorm()
                Activation(.relu)
                Conv2D(filters: 20, kernelSize: 3)
                MaxPool2D(size: 2)
                BatchNorm()
                Activation(.relu)
                MaxPool2D(size: 3)
            },
            Order("dense, batch norm, ReLU, \(channels)", [channels], steps: 2) {
                Dense(19)
                BatchNorm()
                Activation(.relu)
                Dense(4, useBias: false)
                BatchNorm()
            },
        ]
    }

    /// Gammas of either sign and 0: a negative one turns a maximum into a minimum.
    private func makeNetwork(_ order: Order) throws -> Network {
        let network = try Network(order.layers, input: order.input, seed: 1)
        network.randomizeParameters(seed: 5)
        for slot in network.layout.slots where slot.description.name == "gamma" {
            let values = network[slot.name]!.enumerated().map { index, value in
                index % 5 == 3 ? 0 : index % 2 == 0 ? -value : value
            }
            network.setParameter(slot.name, to: values)
        }
        return network
    }

    private func reference(_ network: Network, _ batch: Batch) -> [Double] {
        var branches = ReferenceNetwork.Branches()
        return ReferenceNetwork(network, isTraining: false)
            .forward(batch.images.map { $0.map(Double.init) }, samples: batch.samples, branches: &branches)
            .last!.flatMap { $0 }
    }

    @Test(arguments: orders, Kernels.available)
    func everyOrderAgreesWithItsLayers(order: Order, kernels: Kernels) throws {
        let network = try makeNetwork(order)
        let batch = Batch(count: 5, for: network, loss: .meanSquaredError, seed: 11)
        let plan = InferencePlan(
            network, capacity: 5, pool: WorkerPool(threads: 2), kernels: kernels)
        #expect(plan.stepCount == order.steps)
        plan.run(batch)
        let expected = reference(network, batch)
        #expect(Set(expected).count > 10)
        // As in GradientTests: float32's unit times the roundings of the chain.
        expectClose(
            plan.allOutputs(5).flatMap { $0 }, expected,
            tolerance: 1e-5 * max(expected.largestMagnitude, 1),
            order.name)

        let evaluation = EvaluationPlan(
            network, loss: .meanSquaredError, mostImages: 5, pool: WorkerPool(threads: 1),
            kernels: kernels)
        evaluation.run(batch)
        #expect(evaluation.allOutputs(5) == plan.allOutputs(5))
    }

    @Test(arguments: orders, Kernels.available)
    func aNaNReachesWhatItWouldReachLayerByLayer(order: Order, kernels: Kernels) throws {
        let network = try makeNetwork(order)
        var batch = Batch(count: 2, for: network, loss: .meanSquaredError, seed: 11)
        batch.images[1][0] = .nan
        func outputs() -> [[Float]] {
            let plan = InferencePlan(
                network, capacity: 2, pool: WorkerPool(threads: 1), kernels: kernels)
            plan.run(batch)
            return plan.allOutputs(2)
        }
        let before = outputs()
        #expect(before[0].allSatisfy { $0.isFinite })
        // The first pixel reaches every channel of the first output.
        let channels = network.outputShape.axes.last!
        #expect(before[1].prefix(channels).allSatisfy { $0.isNaN })

        network.setParameter(movingMeanName(network), to: movingMean(network).map { _ in .nan })
        #expect(outputs()[0].allSatisfy { $0.isNaN })
    }

    private func movingMeanName(_ network: Network) -> String {
        network.layout.slots.last { $0.description.name == "moving_mean" }!.name
    }

    private func movingMean(_ network: Network) -> [Float] { network[movingMeanName(network)]! }
}
