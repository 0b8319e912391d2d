import Compute
import NetworkTestSupport
import NeuralNetworks
import Testing
import Training

/// One seed gives the same weights, to the bit, on any number of threads, and again on a rerun.
struct ThreadIndependenceTests {
    /// The notebook's CNN.
    private static let notebook = Sequential {
        for _ in 1...3 {
            Conv2D(filters: 64, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
        }
        Flatten()
        Dense(64, activation: .relu)
        Dense(32, activation: .relu)
        Dense(10, activation: .softmax)
    }

    /// Layers whose sums go over the batch or whose choices are random.
    private static let batchNormAndDropout = Sequential {
        Conv2D(filters: 20, kernelSize: 3, useBias: false)
        MaxPool2D(size: 2)
        BatchNorm()
        Activation(.relu)
        Dropout(0.3)
        Conv2D(filters: 12, kernelSize: 3, padding: .same)
        BatchNorm()
        Activation(.leakyRelu)
        GlobalAveragePool2D()
        Dense(10, activation: .softmax)
    }

    /// The naive loops are too slow for a whole epoch of 1,000 images, five times.
    private static let vectorKernels = Kernels.available.filter { $0.name != "reference" }

    @Test(arguments: vectorKernels)
    func anEpochOfTheNotebooksNetworkGivesTheSameBits(kernels: Kernels) throws {
        try check(Self.notebook, [28, 28, 1], images: 1000, .adam(), kernels)
    }

    @Test(arguments: Kernels.available)
    func batchNormAndDropoutGiveTheSameBits(kernels: Kernels) throws {
        try check(
            Self.batchNormAndDropout, [12, 12, 1], images: 100, .sgd(momentum: 0.9, nesterov: true), kernels)
    }

    private func check(
        _ description: Sequential, _ shape: Shape, images: Int, _ optimizer: Optimizer, _ kernels: Kernels
    ) throws {
        let training = SampleImages.noise(images, shape)
        let validation = SampleImages.noise(50, shape, seed: 6)
        let initial = try Network(description, input: shape, seed: 9).bits
        var expected: (bits: [String: [UInt32]], losses: [Double])?
        // The last is the rerun.
        for threads in [1, 2, 3, 8, 1] {
            let network = try Network(description, input: shape, seed: 9)
            let history = try makeTrainer(network, optimizer, seed: 9, threads: threads, kernels: kernels)
                .fit(
                    training, validation: validation, callbacks: [])
            let losses = history["loss"] + history["val_loss"]
            #expect(network.bits != initial)
            if let expected {
                #expect(network.bits == expected.bits, "weights on \(threads) threads with \(kernels)")
                #expect(losses == expected.losses, "losses on \(threads) threads with \(kernels)")
            }
            expected = expected ?? (network.bits, losses)
        }
    }
}
