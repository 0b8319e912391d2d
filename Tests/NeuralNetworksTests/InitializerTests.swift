import Compute
import NetworkTestSupport
import NeuralNetworks
import TestSupport
import Testing

/// First values of parameters: the limits are Keras's, the draws ours.
struct InitializerTests {
    private static let names: [(String, Initializer)] = [
        ("glorot-uniform", .glorotUniform), ("glorot-normal", .glorotNormal), ("he-uniform", .heUniform),
        ("he-normal", .heNormal),
    ]

    @Test func limitsAndDeviationsAreKerass() throws {
        let golden = try GoldenFile("initializers")
        for (prefix, initializer) in Self.names {
            let isUniform = prefix.hasSuffix("uniform")
            let layers: [(String, any Layer, Shape)] = [
                ("conv", Conv2D(filters: 16, kernelSize: (5, 3), kernelInitializer: initializer), [9, 9, 6]),
                ("dense", Dense(32, kernelInitializer: initializer), [64]),
            ]
            for (kind, layer, input) in layers {
                let name = "\(prefix)-\(kind)"
                let row = try #require(try golden.cases.first { $0.name == name })
                let weight = layer.parameters(for: input)[0]
                #expect(weight.shape.axes == row.shape)
                let expected = try golden.values("\(name).\(isUniform ? "limit" : "standard_deviation")")[0]
                let scale = initializer.scale(fans: weight.fans)
                // A truncated normal is drawn from a wider one, so that what is left has the deviation asked for.
                let drawn = isUniform ? scale : scale / 0.879_625_661_034_239_78
                #expect(abs(drawn - expected) < 1e-9 * expected, "\(name)")
            }
        }
    }

    /// 60,000 draws: the standard error of a deviation is 0.3 %, so 1.5 % are five of them.
    @Test(arguments: [Initializer.glorotUniform, .glorotNormal, .heUniform, .heNormal])
    func drawsHaveTheirDistribution(initializer: Initializer) throws {
        let fans = (input: 300, output: 200)
        let network = try Network(
            Sequential { Dense(fans.output, kernelInitializer: initializer) }, input: [fans.input], seed: 9)
        let values = network["dense1.weight"]!.map(Double.init)
        let scale = initializer.scale(fans: fans)
        let isUniform = initializer == .glorotUniform || initializer == .heUniform
        let deviation = isUniform ? scale / 3.0.squareRoot() : scale
        let limit = isUniform ? scale : 2 * scale / 0.879_625_66
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        #expect(abs(mean) < 0.02 * deviation)
        #expect(abs(variance.squareRoot() / deviation - 1) < 0.015)
        #expect(values.largestMagnitude <= limit * (1 + 1e-6))
        #expect(values.largestMagnitude > 0.99 * limit)
        #expect(network["dense1.bias"]!.allSatisfy { $0 == 0 })
    }

    @Test func seedsDecideAndParametersDiffer() throws {
        let description = Sequential {
            Dense(20)
            Dense(20)
        }
        let first = try Network(description, input: [20], seed: 1)
        let again = try Network(description, input: [20], seed: 1)
        let other = try Network(description, input: [20], seed: 2)
        #expect(first.namedParameters == again.namedParameters)
        #expect(first["dense1.weight"] != other["dense1.weight"])
        #expect(first["dense1.weight"] != first["dense2.weight"])
    }

    @Test func aNetworkOfZerosHasTheSameParametersWithoutDraws() throws {
        let description = Sequential {
            BatchNorm()
            Dense(20)
        }
        let drawn = try Network(description, input: [20], seed: 1)
        let zeros = try Network(zeros: description, input: [20])
        #expect(zeros.layout.slots.map(\.name) == drawn.layout.slots.map(\.name))
        #expect(zeros.layout.slots.map(\.range) == drawn.layout.slots.map(\.range))
        #expect(zeros.outputShapes == drawn.outputShapes)
        #expect(zeros.parameters.floats.allSatisfy { $0 == 0 })
        #expect(throws: ShapeError.self) { try Network(zeros: description, input: []) }
    }

    @Test func batchNormBeginsAsTheIdentity() throws {
        let network = try Network(Sequential { BatchNorm() }, input: [3], seed: 1)
        #expect(network["batchnorm1.gamma"] == [1, 1, 1])
        #expect(network["batchnorm1.beta"] == [0, 0, 0])
        #expect(network["batchnorm1.moving_mean"] == [0, 0, 0])
        #expect(network["batchnorm1.moving_variance"] == [1, 1, 1])
    }
}
