public import Datasets
public import Imaging
import NeuralNetworks
public import Training

extension Recipe {
    /// Trains a model as the recipe says.
    ///
    ///     let model = try Recipe.fast.train(on: mnist.train, seed: 1)
    ///
    /// - Parameters:
    ///   - seed: What all that is random follows from; the members of an ensemble have it and those after it.
    ///   - threads: Threads to train with; the number of processors unless set. They do not change the result.
    ///   - callbacks: Asked after each batch and epoch whether to go on, of each member.
    /// - Throws: `ShapeError` if the pictures are too small for the layers; `InputError` if they do not fit; `TrainingError` if the loss stops being finite.
    public func train(
        on images: LabeledImages, seed: UInt64 = 1, threads: Int = Model.processorCount,
        callbacks: [any TrainingCallback] = []
    ) throws -> Model {
        let models = try (0..<members).map { member in
            let model = try makeModel(
                for: images.images.shape, seed: seed &+ UInt64(member), classNames: images.classNames)
            model.threads = threads
            try model.fit(
                images, normalization: normalization, configuration: configuration, callbacks: callbacks)
            return model
        }
        return models.count == 1 ? models[0] : try Model(averaging: models)
    }

    /// A model with fresh parameters for images of a shape; of an ensemble, one member.
    /// - Throws: `ShapeError` if the images are too small for the layers.
    public func makeModel(
        for images: ImageShape, seed: UInt64, classNames: [String]
    ) throws(ShapeError) -> Model {
        let model = try Model(network, input: Shape(images), seed: seed, classNames: classNames)
        model.record(recipe: name)
        return model
    }
}
