import Compute
import Foundation
import NeuralNetworks
import Testing

/// The list of kinds is whole, and each kind is checked.
struct LayerKindTests {
    private static let names = Set(LayerKinds.all.map { String(describing: $0) })

    /// The types that the sources of the layers declare.
    private func declaredLayers() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/NeuralNetworks/Layers")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .flatMap { file in
                try String(contentsOf: file, encoding: .utf8).matches(of: /struct (\w+): Layer\b/)
                    .map { String($0.output.1) }
            }
    }

    @Test func everyLayerOfTheSourcesIsListedOnce() throws {
        #expect(try declaredLayers().sorted() == LayerKinds.all.map { String(describing: $0) }.sorted())
    }

    /// Files and parameters go by these names.
    @Test func kindsAreCalledAsTheirTypesAndNoTwoSharePrefixes() {
        for type in LayerKinds.all { #expect(type.kind == String(describing: type)) }
        #expect(Set(LayerKinds.all.map { $0.parameterPrefix }).count == LayerKinds.all.count)
    }

    /// An ensemble's members are trained one by one, so it has no row among the networks whose gradients are checked.
    @Test func everyKindIsInATableOfChecks() {
        let withGradients = NetworkTable.rows.flatMap(\.layers.layers)
        #expect(Set(withGradients.map { type(of: $0).kind }) == Self.names.subtracting([Ensemble.kind]))
        #expect(Set(SequentialTests.layers.map { type(of: $0).kind }) == Self.names)
    }

    /// A layer of another module: it can only pass on what a layer of the package comes down to.
    private struct Stranger: Layer {
        static let kind = "Stranger"
        static let parameterPrefix = "stranger"

        /// More than is ever written.
        func outputShape(for input: Shape) throws(ShapeError) -> Shape { [1000] }
        func operations(at place: LayerPlace) -> LayerOperations { Flatten().operations(at: place) }
    }

    @Test func aLayerOfAnotherModuleIsRefused() {
        let expected = ShapeError(
            layer: "layer 1 (Stranger)",
            reason: "No plan can run this kind of layer; use the layers of this package.")
        #expect(throws: expected) { try Network(Sequential { Stranger() }, input: [3], seed: 1) }
        #expect(throws: ShapeError.self) {
            try Network(Sequential { Ensemble([Sequential { Stranger() }]) }, input: [3], seed: 1)
        }
    }

    @Test func predictionsPassLayersThatKeepValues() throws {
        let layers = SequentialTests.layers.filter { type(of: $0).keepsValues }
        #expect(layers.count == 2)
        for layer in layers {
            let network = try Network(Sequential([layer]), input: [2, 3, 1], seed: 1)
            let batch = Batch(count: 1, for: network, loss: .meanSquaredError, seed: 1)
            let plan = InferencePlan(network, capacity: 1, pool: WorkerPool(threads: 1))
            plan.run(batch)
            #expect(plan.allOutputs(1) == batch.images)
        }
    }
}
