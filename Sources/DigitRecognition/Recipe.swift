public import DigitDatasets
public import NeuralNetworks
public import Training

/// A network with the settings that it is trained with, all in one place.
public struct Recipe: Sendable {
    /// What it is called on the command line.
    public let name: String
    /// One line about it.
    public let summary: String
    /// The layers, for 28×28×1 inputs.
    public let network: Sequential
    /// How bytes become inputs.
    public let normalization: Normalization
    /// How parameters follow gradients.
    public let optimizer: Optimizer
    /// What is made small.
    public let loss: Loss
    /// Passes over the training images.
    public let epochs: Int
    /// Images in a step.
    public let batchSize: Int

    /// Every recipe.
    public static let all = [notebook, lenet5]

    /// The recipe of a name, or nil.
    public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

    /// The CNN of the classic notebook, with Keras's defaults: 81,066 parameters.
    public static let notebook = Recipe(
        name: "notebook",
        summary: "the classic notebook's CNN: 3 × [Conv2D 64 3×3, ReLU, MaxPool 2×2], Dense 64, 32, 10",
        network: Sequential {
            for _ in 1...3 {
                Conv2D(filters: 64, kernelSize: 3, activation: .relu)
                MaxPool2D(size: 2)
            }
            Flatten()
            Dense(64, activation: .relu)
            Dense(32, activation: .relu)
            Dense(10, activation: .softmax)
        },
        normalization: .l2(axis: 1), optimizer: .adam(), loss: .sparseCategoricalCrossentropy, epochs: 5,
        batchSize: 32)

    /// LeNet-5 as it is built today (ReLU, max-pooling): 44,426 parameters.
    ///
    /// After Y. LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998,
    /// doi:10.1109/5.726791.
    public static let lenet5 = Recipe(
        name: "lenet5",
        summary: "LeNet-5 with ReLU and max-pooling: Conv2D 6 and 16 5×5, Dense 120, 84, 10",
        network: Sequential {
            Conv2D(filters: 6, kernelSize: 5, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 16, kernelSize: 5, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(120, activation: .relu)
            Dense(84, activation: .relu)
            Dense(10, activation: .softmax)
        },
        normalization: .unitRange, optimizer: .adam(), loss: .sparseCategoricalCrossentropy, epochs: 5,
        batchSize: 32)
}
