import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing

/// The networks of the golden files.
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

    static let positions = Sequential {
        Conv2D(filters: 8, kernelSize: 3, padding: .same, useBias: false)
        BatchNorm()
        Activation(.relu)
        MaxPool2D(size: (2, 1))
        Conv2D(filters: 12, kernelSize: 3, padding: .same, activation: .relu)
        MaxPool2D(size: (4, 2))
        AveragePool2D(size: (1, 2))
        Conv2D(filters: 10, kernelSize: (2, 3), padding: .same, activation: .relu)
        Conv2D(filters: 10, kernelSize: (2, 1), activation: .softmax)
    }

    /// The first one on its images of 28 by 28.
    static func makeNotebook() throws -> Network { try Network(notebook, input: [28, 28, 1], seed: 1) }

    /// The second one on its images of 24 by 20.
    static func makeSecond() throws -> Network { try Network(second, input: [24, 20, 3], seed: 1) }

    /// The one that answers at positions, on its images of 16 by 24.
    static func makePositions() throws -> Network { try Network(positions, input: [16, 24, 1], seed: 1) }
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
    /// The golden file's images with their classes or targets.
    init(_ golden: GoldenFile) throws {
        self.init(
            images: try golden.rows("input"),
            truth: golden.contains("target")
                ? .values(try golden.rows("target"))
                : .classes(try golden.values("labels").map { Int($0) }))
    }
}
