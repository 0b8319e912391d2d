import NeuralNetworks

/// A 3×3 convolution, perhaps a 2×2 max-pool, batch normalisation and ReLU. In this order the gradient of a pooled convolution
/// stays sparse, and batch normalisation has a quarter of the values.
@LayerBuilder func convolution(_ filters: Int, pooled: Bool = false, momentum: Float = 0.9) -> [any Layer] {
    Conv2D(filters: filters, kernelSize: 3, useBias: false)
    if pooled { MaxPool2D(size: 2) }
    BatchNorm(momentum: momentum)
    Activation(.relu)
}
