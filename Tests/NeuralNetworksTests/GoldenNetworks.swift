import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing

/// The two networks of the golden files.
enum GoldenNetworks {
    static let notebook = Sequential {
        Conv2D(filters: 64, kernelSize: 3, activation: .relu)
        MaxPool2D(size: 2)
        Conv2D(filters: 64, kernelSize: 3, activation: .relu)
        MaxPool2D(size: 2)
        Conv2D(filters: 64, kernelSize: 3, activation: .relu)
        MaxPool2D(size: 2)
        Flatten()
        Dense(64, activation: .relu)
        Dense(32, activation: .relu)
        Dense(10, activation: .softmax)
    }

    static let second = Sequential {
        Conv2D(filters: 8, kernelSize: 5, stride: 2, padding: .same)
        BatchNorm()
        Activation(.relu)
        AveragePool2D(size: 2)
        Conv2D(filters: 12, kernelSize: 3, padding: .same, useBias: false)
        BatchNorm()
        Activation(.leakyRelu)
        MaxPool2D(size: 2)
        Dropout(0)
        Flatten()
        Dense(10, activation: .softmax)
    }

    /// The first one on its images of 28 by 28.
    static func makeNotebook() throws -> Network { try Network(notebook, input: [28, 28, 1], seed: 1) }

    /// The second one on its images of 24 by 20.
    static func makeSecond() throws -> Network { try Network(second, input: [24, 20, 3], seed: 1) }
}

extension Network {
    /// Sets every parameter to the golden file's.
    func load(_ golden: GoldenFile) throws {
        for slot in layout.slots {
            #expect(try golden.shape(of: "parameters.\(slot.name)") == slot.shape)
            setParameter(slot.name, to: try golden.floats("parameters.\(slot.name)"))
        }
        #expect(try layout.parameterCount == golden.cases[0].parameters)
    }
}

extension Batch {
    /// The golden file's images with their classes.
    init(_ golden: GoldenFile) throws {
        self.init(
            images: try golden.rows("input"), truth: .classes(try golden.values("labels").map { Int($0) }))
    }
}
