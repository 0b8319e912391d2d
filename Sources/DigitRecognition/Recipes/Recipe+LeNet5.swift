import NeuralNetworks
import Training

extension Recipe {
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
        normalization: .unitRange, configuration: TrainingConfiguration { $0.epochs = 5 })
}
