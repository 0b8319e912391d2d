import Imaging
import NeuralNetworks
import Training

extension Recipe {
    /// placeholder
    public static let fast = Recipe(
        name: "fast",
        summary: "placeholder",
        network: Sequential {
            Conv2D(filters: 16, kernelSize: 3, useBias: false)
            MaxPool2D(size: 2)
            BatchNorm(momentum: 0.9)
            Activation(.relu)
            Flatten()
            Dense(10, activation: .softmax)
        },
        normalization: .unitRange, augmentation: .standard, schedule: .cosine(), epochs: 1, batchSize: 64)
}
