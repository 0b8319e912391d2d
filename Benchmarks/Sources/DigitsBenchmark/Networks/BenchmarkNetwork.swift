import DigitRecognition

/// A network that is measured, and what its rows are called.
struct BenchmarkNetwork: Sendable {
    /// Its name on command lines.
    let name: String
    /// Its name in the report.
    let title: String
    /// The layers, for 28×28×1 inputs.
    let layers: Sequential
    /// How our bytes become inputs; peers get theirs ready-made.
    let normalization: Normalization
    /// How our pictures are distorted in training.
    var augmentation = Augmentation.none

    static let all = [notebook, lenet5, general, accurate] + augmented.flatMap { [$0, $0.withAugmentation] }

    /// Those whose training is measured with and without augmentation, too: those that recipes train so.
    static let augmented = [Recipe.accurate, Recipe.tiny].map {
        BenchmarkNetwork(recipe: $0, name: "recipe-\($0.name)", title: "the recipe \($0.name)")
    }

    /// The same trained on pictures that are distorted in the standard way.
    var withAugmentation: BenchmarkNetwork {
        BenchmarkNetwork(
            name: "\(name)-augmented", title: title, layers: layers, normalization: normalization,
            augmentation: .standard)
    }

    static func named(_ name: String) -> BenchmarkNetwork? { all.first { $0.name == name } }

    /// The notebook's CNN, from its recipe.
    static let notebook = BenchmarkNetwork(recipe: .notebook, title: "the notebook's CNN")

    /// LeNet-5, from its recipe.
    static let lenet5 = BenchmarkNetwork(recipe: .lenet5, title: "LeNet-5")

    /// What no fused step takes: same padding, 5×5 kernels, stride 2, batch normalisation between convolution and ReLU.
    static let general = BenchmarkNetwork(
        name: "general", title: "a general network",
        layers: Sequential {
            Conv2D(filters: 32, kernelSize: 5, stride: 2, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 64, kernelSize: 5, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 64, kernelSize: 5, stride: 2, padding: .same, useBias: false)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dense(10, activation: .softmax)
        },
        normalization: .unitRange)

    /// A deeper network for high accuracy, with batch normalisation behind the pools.
    static let accurate = BenchmarkNetwork(
        name: "accurate", title: "a network for high accuracy",
        layers: Sequential {
            Conv2D(filters: 16, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 32, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 48, kernelSize: 3)
            BatchNorm()
            Activation(.relu)
            Conv2D(filters: 64, kernelSize: 3)
            MaxPool2D(size: 2)
            BatchNorm()
            Activation(.relu)
            Flatten()
            Dense(128, activation: .relu)
            Dropout(0.5)
            Dense(10, activation: .softmax)
        },
        normalization: .unitRange)
}

extension BenchmarkNetwork {
    private init(recipe: Recipe, name: String? = nil, title: String) {
        self.init(
            name: name ?? recipe.name, title: title, layers: recipe.network,
            normalization: recipe.normalization)
    }

    /// The shape of one picture.
    static let input: Shape = [28, 28, 1]
}
