import NeuralNetworks
import Training

extension Recipe {
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
        normalization: .l2(axis: 1), configuration: TrainingConfiguration { $0.epochs = 5 })
}
