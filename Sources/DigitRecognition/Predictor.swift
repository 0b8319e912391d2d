public import Compute
import Datasets
public import Imaging
public import NeuralNetworks

/// A model made for use: what it knew when this was made, with its weights laid out for the fastest forward pass and
/// batch normalisation taken into them. Training the model further does not change it. Probabilities are those with the
/// model's temperature, if it has one.
///
///     let predictor = Predictor(model, threads: 2)
///     let predictions = try predictor.predict(mnist.test.images)
///
/// Any number of threads or tasks may call one predictor at the same time. Calls share the weights and wait for nothing
/// of each other. An image's result has the same bits alone, in any batch and with any number of threads.
public final class Predictor: Sendable {
    /// Shape of one input: height, width, channels.
    public let inputShape: Shape
    /// What each output stands for.
    public let classNames: [String]
    /// Threads that a call with several images uses, at least 1. One image is always computed by the calling thread.
    public let threads: Int

    /// Floats that the network writes for an image, and names in `classNames`.
    private let outputCount: Int
    private let normalization: Normalization
    private let probabilities: OutputProbabilities
    /// For one image.
    private let singles: FreeList<BatchRunner>
    /// For several images.
    private let teams: FreeList<BatchRunner>

    /// The most runners of a kind that are kept while no call uses them. Calls beyond the number of processors gain nothing by
    /// running at the same time: they make a runner of their own and drop it.
    private static let spares = Model.processorCount

    /// Makes a predictor of a model as it is now.
    /// - Parameters:
    ///   - threads: Threads that a call with several images uses, at least 1. Programs that call from several threads
    ///     themselves leave it at 1.
    public init(_ model: Model, threads: Int = 1) {
        precondition(threads > 0, "A predictor needs at least one thread, not \(threads).")
        let compiled = CompiledNetwork(model.network, kernels: model.kernels)
        inputShape = model.network.inputShape
        classNames = model.information.classNames
        outputCount = model.network.outputShape.count
        normalization = model.normalization
        probabilities = OutputProbabilities(
            loss: model.information.loss, temperature: model.information.temperature)
        self.threads = threads
        singles = FreeList(limit: Self.spares) { BatchRunner(compiled, threads: 1, groupSize: 1) }
        teams = FreeList(limit: Self.spares) { BatchRunner(compiled, threads: threads) }
    }
}

// MARK: - Pictures

extension Predictor {
    /// What the model makes of one picture.
    /// - Throws: `InputError.shapeMismatch` if the picture has another size than the network's input.
    public func predict(_ image: Image) throws(InputError) -> Prediction {
        try predict([image])[0]
    }

    /// What the model makes of each of some pictures, in their order.
    /// - Throws: `InputError.shapeMismatch` if a picture has another size than the network's input.
    public func predict(_ images: [Image]) throws(InputError) -> [Prediction] {
        for image in images { try check(image.shape) }
        return predictions(images.count) { [normalization] place, destination in
            let image = images[place]
            image.pixels.withUnsafeBufferPointer {
                normalization.apply(to: $0, shape: image.shape, into: destination)
            }
        }
    }

    /// What the model makes of each picture of a collection, in their order.
    /// - Throws: `InputError.shapeMismatch` if the pictures have another size than the network's input.
    public func predict(_ images: ImageCollection) throws(InputError) -> [Prediction] {
        try check(images.shape)
        return predictions(images.count) { [normalization] place, destination in
            images.pixels(of: place).withUnsafeBufferPointer {
                normalization.apply(to: $0, shape: images.shape, into: destination)
            }
        }
    }

    /// What the model makes of images of its input's shape that are drawn when they are needed, from any thread.
    package func predict(
        _ count: Int, of shape: ImageShape,
        drawing draw: @escaping @Sendable (_ place: Int, _ pixels: UnsafeMutableBufferPointer<UInt8>) -> Void
    ) -> [Prediction] {
        precondition(
            Shape(shape) == inputShape,
            "The network takes inputs of shape \(inputShape), not images of shape \(Shape(shape)).")
        return predictions(count) { [normalization] place, destination in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: shape.count) { pixels in
                draw(place, pixels)
                normalization.apply(to: UnsafeBufferPointer(pixels), shape: shape, into: destination)
            }
        }
    }

    /// Checks that there are pictures, that they have the input's size, and that the network has their classes.
    package func check(_ images: LabeledImages, purpose: String) throws(InputError) {
        guard images.count > 0 else { throw .noImages(purpose: purpose) }
        try check(images.images.shape)
        if let sample = images.labels.firstIndex(where: { $0 >= outputCount }) {
            throw .labelOutOfRange(
                label: images.labels[sample], sample: sample, outputs: outputCount)
        }
    }

    private func check(_ image: ImageShape) throws(InputError) {
        let shape = Shape(image)
        guard shape == inputShape else { throw .shapeMismatch(network: inputShape, images: shape) }
    }

    private func predictions(
        _ count: Int,
        load: @escaping @Sendable (_ place: Int, _ destination: UnsafeMutablePointer<Float>) -> Void
    ) -> [Prediction] {
        // An array without room would write its count into the empty one that all threads share.
        guard count > 0 else { return [] }
        let batch = LoadedImages(count: count, load: load)
        let probabilities = [Float](unsafeUninitializedCapacity: count * outputCount) { buffer, initialized in
            if let start = buffer.baseAddress { run(batch, into: start) }
            initialized = count * outputCount
        }
        return (0..<count).map { place in
            Prediction(
                probabilities: Array(probabilities[place * outputCount..<(place + 1) * outputCount]),
                classNames: classNames)
        }
    }
}

// MARK: - Numbers

extension Predictor {
    /// Computes the outputs of N inputs that are normalised already, for programs that keep their images as numbers.
    ///
    /// Once as many calls as run at the same time have run, and they are no more than the machine has processors, a call with one
    /// input, or one thread, allocates nothing.
    /// - Parameters:
    ///   - inputs: `[N, height, width, channels]`, row-major; N may be 0.
    ///   - outputs: Takes the probability of each class, `[N, classes]`, as in `Prediction.probabilities`.
    /// - Precondition: `inputs` is a whole number of inputs, and `outputs` has room for exactly their classes.
    public func predict(inputs: Span<Float>, into outputs: inout MutableSpan<Float>) {
        let size = inputShape.count
        let count = inputs.count / size
        precondition(
            inputs.count == count * size,
            "\(inputs.count) floats are not a whole number of inputs of shape \(inputShape), \(size) floats each."
        )
        precondition(
            outputs.count == count * outputCount,
            "The outputs of \(count) inputs are \(count * outputCount) floats, not \(outputs.count).")
        inputs.withUnsafeBufferPointer { inputs in
            outputs.withUnsafeMutableBufferPointer { outputs in
                guard let source = inputs.baseAddress, let result = outputs.baseAddress else { return }
                run(NormalizedInputs(count: count, size: size, start: source), into: result)
            }
        }
    }

    /// Writes the probabilities of some images, `[count, classes]`.
    private func run(_ batch: some ImageBatch, into result: UnsafeMutablePointer<Float>) {
        guard batch.count > 0 else { return }
        // Sendable: the caller lends the memory until this returns, and each place is written by one thread.
        nonisolated(unsafe) let result = result
        (batch.count == 1 ? singles : teams).withItem { runner in
            runner.run(batch) { place, output in
                probabilities.write(output, to: result + place * output.count)
            }
        }
    }
}

/// Images that are normalised when a plan asks for them.
private struct LoadedImages: ImageBatch {
    let count: Int
    let load: @Sendable (_ place: Int, _ destination: UnsafeMutablePointer<Float>) -> Void

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        destination.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { load(place, start) }
        }
    }
}

/// Inputs that are normalised already, one after the other.
// Sendable: whoever makes it lends the floats until the run ends, and they are only read.
private struct NormalizedInputs: ImageBatch, @unchecked Sendable {
    let count: Int
    /// Floats of an input.
    let size: Int
    let start: UnsafePointer<Float>

    func copyInput(of place: Int, into destination: inout MutableSpan<Float>) {
        destination.withUnsafeMutableBufferPointer { buffer in
            _ = buffer.update(fromContentsOf: UnsafeBufferPointer(start: start + place * size, count: size))
        }
    }
}
