import Compute
import NeuralNetworks
import TestSupport
import Testing

/// Outputs, losses and gradients of every row of the table against a network in Double.
struct GradientTests {
    /// Float32's unit, 6·10⁻⁸, times the few dozen roundings of a chain of three layers; batch norm of a small batch
    /// divides by small deviations and Winograd adds before it multiplies, a factor of 10 for both. Measured: up to
    /// 4·10⁻⁶, for batch norm.
    private static let tolerance = 1e-5

    @Test(arguments: NetworkTable.rows)
    func outputsAgreeWithTheReference(row: NetworkRow) throws {
        let network = try row.makeNetwork()
        let batch = row.makeBatch(for: network)
        var branches = ReferenceNetwork.Branches()
        let reference = ReferenceNetwork(network, isTraining: false)
        let outputs = reference.forward(
            batch.images.map { $0.map(Double.init) }, samples: batch.samples, branches: &branches
        ).last!
        let loss = reference.loss(outputs, batch.truth, row.loss, branches: &branches)

        for kernels in Kernels.available {
            let pool = WorkerPool(threads: 2)
            let inference = InferencePlan(network, capacity: 10, pool: pool, kernels: kernels)
            inference.run(batch)
            let expected = outputs.flatMap { $0 }
            expectClose(
                inference.allOutputs(batch.count).flatMap { $0 }, expected,
                tolerance: Self.tolerance * expected.largestMagnitude, "output with \(kernels)")

            let evaluation = EvaluationPlan(
                network, loss: row.loss, mostImages: 10, pool: pool, kernels: kernels)
            evaluation.run(batch)
            let mean = evaluation.allLosses(batch.count).reduce(0, +) / Float(batch.count)
            expectClose([mean], [loss], tolerance: Self.tolerance * max(1, abs(loss)), "loss with \(kernels)")
        }
    }

    @Test(arguments: NetworkTable.rows)
    func gradientsAgreeWithCentralDifferences(row: NetworkRow) throws {
        let network = try row.makeNetwork()
        let whole = row.makeBatch(for: network)
        for size in row.batchSizes {
            let batch = whole.prefix(size)
            var differences = CentralDifferences(network, batch, row.loss)
            let expected = differences.gradients()
            // Below, a unit would be on one side of its kink in float32 and on the other in Double.
            #expect(differences.smallestMargin > 1e-6, "choose another seed for batches of \(size)")
            let largest = expected.values.map(\.largestMagnitude).max()!

            for kernels in Kernels.available {
                // The capacity is larger than the batch, so that the last group and the last chunk are not full.
                let plan = try TrainingPlan(
                    network, loss: row.loss, capacity: 11, pool: WorkerPool(threads: 2),
                    kernels: kernels)
                let loss = plan.train(batch)
                expectClose(
                    [loss], [differences.loss], tolerance: Self.tolerance * max(1, abs(differences.loss)),
                    "loss of \(size) images with \(kernels)")
                let gradients = plan.namedGradients
                #expect(gradients.count == expected.count)
                for (name, values) in expected {
                    expectClose(
                        gradients[name]!, values,
                        tolerance: Self.tolerance * max(values.largestMagnitude, 0.1 * largest),
                        "\(name) of \(size) images with \(kernels)")
                }
            }
        }
    }
}

/// The gradient of a network's mean loss by central differences, `(f(p + h) - f(p - h)) / 2h` for every parameter.
///
/// In Double the error is about h² from the third derivative and 10⁻¹⁶ / h from rounding: some 10⁻¹⁰ both.
struct CentralDifferences {
    private static let step = 1e-5

    let loss: Double
    /// How near any value comes to a kink or any maximum to a tie.
    let smallestMargin: Double

    private var reference: ReferenceNetwork
    private let kind: Loss
    private let batch: Batch
    /// The input of each layer; what stands before a parameter's layer does not depend on it.
    private let inputs: [[[Double]]]

    init(_ network: Network, _ batch: Batch, _ kind: Loss) {
        self.batch = batch
        self.kind = kind
        reference = ReferenceNetwork(network, isTraining: true)
        let images = batch.images.map { $0.map(Double.init) }
        var branches = ReferenceNetwork.Branches()
        let values = reference.forward(images, samples: batch.samples, branches: &branches)
        inputs = [images] + values.dropLast()
        loss = reference.loss(values.last!, batch.truth, kind, branches: &branches)
        smallestMargin = branches.smallestMargin
    }

    mutating func gradients() -> [String: [Double]] {
        var result: [String: [Double]] = [:]
        for slot in reference.network.layout.slots where slot.description.isTrainable {
            result[slot.name] = (0..<slot.shape.count).map { derivative(slot, $0) }
        }
        return result
    }

    /// Where a kink lies between the two points, they move together until none does.
    private mutating func derivative(_ slot: ParameterLayout.Slot, _ index: Int) -> Double {
        let value = reference.parameters[slot.name]![index]
        defer { reference.parameters[slot.name]![index] = value }
        var step = Self.step
        while true {
            let above = loss(slot, index, value + step)
            let below = loss(slot, index, value - step)
            if above.signature == below.signature || step < 1e-8 {
                return (above.loss - below.loss) / (2 * step)
            }
            step /= 8
        }
    }

    private mutating func loss(
        _ slot: ParameterLayout.Slot, _ index: Int, _ value: Double
    ) -> (loss: Double, signature: UInt64) {
        reference.parameters[slot.name]![index] = value
        var branches = ReferenceNetwork.Branches()
        let outputs = reference.forward(
            inputs[slot.layer], samples: batch.samples, from: slot.layer, branches: &branches
        ).last!
        return (reference.loss(outputs, batch.truth, kind, branches: &branches), branches.signature)
    }
}
