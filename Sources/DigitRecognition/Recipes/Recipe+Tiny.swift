import Imaging
import NeuralNetworks
import Training

extension Recipe {
    /// As right as under 10,000 parameters allow: 9,826, most of them in four layers of 16 filters.
    ///
    /// So small a network learns nothing by heart; a mild augmentation and a high learning rate suit it.
    public static let tiny = Recipe(
        name: "tiny",
        summary: "under 10,000 parameters: Conv2D 8, 16, 16, 16, 20 3×3 with BatchNorm, two pools, Dense 10",
        network: Sequential {
            convolution(8)
            convolution(16, pooled: true)
            convolution(16)
            convolution(16, pooled: true)
            convolution(20)
            Flatten()
            Dense(10, activation: .softmax)
        },
        normalization: .unitRange,
        configuration: TrainingConfiguration {
            $0.epochs = 40
            $0.batchSize = 64
            $0.optimizer = .adam(learningRate: 1e-2)
            $0.augmentation = Augmentation(rotation: 10, scale: 0.1, shear: 10, shift: 1.5)
            $0.schedule = .cosine().warmedUp(epochs: 1)
            $0.emaMomentum = 0.999
        })
}
