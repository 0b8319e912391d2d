import NeuralNetworks
import Training

extension Recipe {
    /// The network that reads single digits in pictures: 214,250 parameters, in the form of `accurate`.
    ///
    /// Beside MNIST's images it sees drawn pictures of digits as the preparation of pictures yields them, and outliers, which it learns
    /// to doubt: letters, marks, scribbles, parts of digits and several digits in one. Two fifths of all are damaged, in kinds akin
    /// to those of MNIST-C, too.
    public static let reader = Recipe(
        name: "reader",
        summary:
            "digits of any picture, and what is none: Conv2D 32, 48, 64, 96, 128 3×3 with BatchNorm, two pools, Dense 10",
        network: Sequential {
            convolution(32)
            convolution(48, pooled: true)
            convolution(64)
            convolution(96, pooled: true)
            convolution(128)
            Flatten()
            Dropout(0.5)
            Dense(10, activation: .softmax)
        },
        normalization: accurate.normalization,
        configuration: TrainingConfiguration {
            $0 = accurate.configuration
            $0.epochs = 24
            $0.augmentation.damage = 0.4
            $0.validationSplit = 0.0833333
            $0.outlierExposure = 0.5
            $0.scenes = 24_000
        })
}
