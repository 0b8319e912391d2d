import Compute
import NeuralNetworks
import Testing

/// One row of the table of small networks on which gradients and outputs are checked.
struct NetworkRow: Sendable, CustomTestStringConvertible {
    let name: String
    let input: Shape
    let loss: Loss
    let batchSizes: [Int]
    let layers: Sequential

    init(
        _ name: String, _ input: Shape, _ loss: Loss = .sparseCategoricalCrossentropy,
        batchSizes: [Int] = [1, 3, 5, 9], @LayerBuilder _ layers: () -> [any Layer]
    ) {
        self.name = name
        self.input = input
        self.loss = loss
        self.batchSizes = batchSizes
        self.layers = Sequential(layers)
    }

    var testDescription: String { name }

    func makeNetwork() throws -> Network {
        let network = try Network(layers, input: input, seed: 1)
        network.randomizeParameters(seed: 5)
        return network
    }

    /// A batch of the row's largest size.
    func makeBatch(for network: Network) -> Batch {
        Batch(count: batchSizes.max()!, for: network, loss: loss, seed: 11)
    }
}

/// The table: each layer, each fused step, each way in which the needed region is cut.
enum NetworkTable {
    static let rows =
        dense + convolutions + fused + pools + batchNorms + dropouts + activations + losses + positions

    private static let dense = [
        NetworkRow("dense only", [7]) {
            Dense(5, activation: .tanh)
            Dense(4, activation: .softmax)
        },
        NetworkRow("dense, more than 16 units and inputs, no bias", [21]) {
            Dense(18, activation: .relu, useBias: false)
            Dense(17, activation: .relu)
            Dense(3, activation: .softmax)
        },
    ]

    private static let convolutions = [
        NetworkRow("convolution 3×3 unfused", [6, 5, 2]) {
            Conv2D(filters: 3, kernelSize: 3, activation: .relu)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("convolutions 1×1 and 2×2 in a row", [5, 6, 3]) {
            Conv2D(filters: 5, kernelSize: 1, activation: .relu)
            Conv2D(filters: 4, kernelSize: 2, useBias: false)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("stride 2, same padding that is larger below and right", [8, 6, 3]) {
            Conv2D(filters: 5, kernelSize: 3, stride: 2, padding: .same, activation: .relu)
            Conv2D(filters: 4, kernelSize: 2, padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("stride 2 and 1, kernel 3×5, not square", [7, 8, 3]) {
            Conv2D(filters: 3, kernelSize: (3, 5), stride: (2, 1), padding: .same, activation: .relu)
            Conv2D(filters: 3, kernelSize: (2, 3), stride: (1, 2))
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("stride larger than the kernel", [9, 8, 2]) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            Conv2D(filters: 3, kernelSize: 1, stride: 3)
            Conv2D(filters: 3, kernelSize: 1, stride: 2, padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("more than 16 channels, unfused and in blocks", [4, 4, 2], batchSizes: [1, 5]) {
            Conv2D(filters: 18, kernelSize: 2, activation: .relu)
            Conv2D(filters: 5, kernelSize: 2, stride: 1, padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("many channels in one pixel", [2, 2, 3]) {
            Conv2D(filters: 19, kernelSize: 2, activation: .relu)
            Conv2D(filters: 4, kernelSize: 3, padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("same padding larger than the picture", [3, 2, 3]) {
            Conv2D(filters: 3, kernelSize: 5, padding: .same, activation: .relu)
            Flatten()
            Dense(3, activation: .softmax)
        },
    ]

    private static let fused = [
        NetworkRow("fused, one channel, convolution, ReLU, pool", [9, 8, 1]) {
            Conv2D(filters: 5, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("fused, convolution, pool, ReLU", [8, 9, 2]) {
            Conv2D(filters: 4, kernelSize: 3)
            MaxPool2D(size: 2)
            Activation(.relu)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("fused, 5×5", [10, 9, 3]) {
            Conv2D(filters: 4, kernelSize: 5, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("fused, 3×3 with stride 2 and same padding", [12, 11, 9], batchSizes: [1, 5]) {
            Conv2D(filters: 4, kernelSize: 3, stride: 2, padding: .same, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("fused, pool without ReLU", [8, 8, 1]) {
            Conv2D(filters: 3, kernelSize: 3)
            MaxPool2D(size: 2)
            Conv2D(filters: 4, kernelSize: 2)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("Winograd, 8 channels, same padding", [6, 4, 8], batchSizes: [1, 9]) {
            Conv2D(filters: 5, kernelSize: 3, padding: .same, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("Winograd after a fused block, 17 outputs", [12, 8, 1]) {
            Conv2D(filters: 9, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 17, kernelSize: 3, padding: .same)
            MaxPool2D(size: 2)
            Activation(.relu)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("Winograd, 20 channels in two blocks", [12, 10, 1], batchSizes: [1, 5]) {
            Conv2D(filters: 20, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 6, kernelSize: 3, useBias: false)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("Winograd straight from an input of 20 channels", [6, 7, 20], batchSizes: [1, 3]) {
            Conv2D(filters: 7, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
    ]

    private static let pools = [
        NetworkRow("floor pools that cut three layers", [17, 16, 1], batchSizes: [1, 5]) {
            Conv2D(filters: 3, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 4, kernelSize: 2, activation: .relu)
            MaxPool2D(size: 3)
            Conv2D(filters: 4, kernelSize: 2, padding: .same, activation: .tanh)
            AveragePool2D(size: 2, padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("overlapping pools, same padding", [8, 9, 2]) {
            Conv2D(filters: 3, kernelSize: 2)
            MaxPool2D(size: 3, stride: 2, padding: .same)
            AveragePool2D(size: 3, stride: 1, padding: .same)
            AveragePool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("average pools that leave rows and columns out", [11, 9, 2]) {
            Conv2D(filters: 4, kernelSize: 3, padding: .same, activation: .relu)
            AveragePool2D(size: 2, stride: 3)
            Conv2D(filters: 4, kernelSize: 2, padding: .same)
            AveragePool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("rectangular pools after what is fused with square ones", [11, 9, 1]) {
            Conv2D(filters: 9, kernelSize: 3, activation: .relu)
            MaxPool2D(size: (2, 1))
            Conv2D(filters: 17, kernelSize: 2)
            MaxPool2D(size: (1, 2))
            Activation(.relu)
            AveragePool2D(size: (2, 1), stride: (1, 2), padding: .same)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("global average pool", [5, 6, 2]) {
            Conv2D(filters: 18, kernelSize: 2, activation: .relu)
            GlobalAveragePool2D()
            Dense(3, activation: .softmax)
        },
    ]

    private static let batchNorms = [
        NetworkRow("batch norm and ReLU before a floor pool", [8, 8, 1], batchSizes: [1, 3, 5]) {
            Conv2D(filters: 4, kernelSize: 2)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("batch norm after a floor pool, then ReLU", [8, 7, 1]) {
            Conv2D(filters: 5, kernelSize: 3, useBias: false)
            MaxPool2D(size: 2)
            BatchNorm(momentum: 0.9, epsilon: 1e-2)
            Activation(.relu)
            Conv2D(filters: 3, kernelSize: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("batch norm before a convolution that leaves rows out", [7, 8, 2], batchSizes: [3, 5]) {
            Conv2D(filters: 17, kernelSize: 2)
            BatchNorm()
            Conv2D(filters: 3, kernelSize: 2, stride: 3)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("batch norm before a fused block that leaves rows out", [9, 8, 1], batchSizes: [3, 5]) {
            Conv2D(filters: 9, kernelSize: 3)
            BatchNorm()
            Activation(.leakyRelu)
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        },
        NetworkRow("batch norm first, and on vectors", [6], .meanSquaredError, batchSizes: [3, 5, 9]) {
            BatchNorm()
            Dense(5)
            BatchNorm()
            Activation(.sigmoid)
            Dense(3)
        },
        NetworkRow("batch norm last, and twice", [4, 3, 2], .meanSquaredError, batchSizes: [2, 5]) {
            Conv2D(filters: 3, kernelSize: 2)
            BatchNorm()
            BatchNorm()
        },
    ]

    private static let dropouts = [
        NetworkRow("dropout on pictures and vectors", [6, 6, 1]) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            Dropout(0.4)
            Flatten()
            Dense(8, activation: .tanh)
            Dropout(0.25)
            Dense(3, activation: .softmax)
        },
        NetworkRow("dropout first and last", [9], .meanSquaredError) {
            Dropout(0.3)
            Dense(5)
            Dropout(0.5)
        },
    ]

    private static let activations = [
        ActivationFunction.relu, .leakyRelu, .leakyRelu(slope: 0.1), .sigmoid, .tanh, .softmax,
    ].flatMap { function in
        [
            NetworkRow("\(function) on pictures", [4, 5, 2], .meanSquaredError) {
                Conv2D(filters: 3, kernelSize: 2)
                Activation(function)
                Conv2D(filters: 2, kernelSize: 2, activation: function)
            },
            NetworkRow("\(function) on vectors", [6], .meanSquaredError) {
                Dense(5, activation: function)
                Dense(3)
                Activation(function)
            },
        ]
    }

    private static let losses: [NetworkRow] = [
        NetworkRow("sparse cross-entropy of logits", [6], .sparseCategoricalCrossentropyFromLogits) {
            Dense(4)
        },
        NetworkRow("cross-entropy of logits", [6], .categoricalCrossentropyFromLogits) { Dense(4) },
        NetworkRow("cross-entropy of softmax", [6], .categoricalCrossentropy) {
            Dense(4, activation: .softmax)
        },
        NetworkRow("sparse cross-entropy of softmax as a layer", [6]) {
            Dense(4)
            Activation(.softmax)
        },
        NetworkRow("sparse cross-entropy of sigmoids", [6]) { Dense(4, activation: .sigmoid) },
        NetworkRow("cross-entropy of sigmoids", [6], .categoricalCrossentropy) {
            Dense(4, activation: .sigmoid)
        },
        NetworkRow("squared error of softmax", [6], .meanSquaredError) { Dense(4, activation: .softmax) },
    ]

    /// Networks that answer at each column.
    private static let positions: [NetworkRow] = [
        NetworkRow(
            "softmax at positions behind rectangular pools and batch norm", [8, 12, 1],
            .categoricalCrossentropy
        ) {
            Conv2D(filters: 5, kernelSize: 3, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            MaxPool2D(size: (2, 1))
            Conv2D(filters: 4, kernelSize: (3, 2), padding: .same, activation: .tanh)
            AveragePool2D(size: (2, 3))
            Conv2D(filters: 3, kernelSize: (2, 1), activation: .softmax)
        },
        NetworkRow("softmax as a layer at positions of several rows", [6, 7, 2], .categoricalCrossentropy) {
            Conv2D(filters: 18, kernelSize: 3)
            MaxPool2D(size: (1, 3), stride: (2, 2))
            Activation(.softmax)
        },
        NetworkRow("cross-entropy of logits at positions", [4, 8, 2], .categoricalCrossentropyFromLogits) {
            MaxPool2D(size: (4, 2))
            Conv2D(filters: 4, kernelSize: 1)
        },
        NetworkRow("cross-entropy of sigmoids at positions", [3, 6, 2], .categoricalCrossentropy) {
            Conv2D(filters: 4, kernelSize: (3, 2), activation: .sigmoid)
        },
    ]
}
