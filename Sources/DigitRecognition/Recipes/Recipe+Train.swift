public import Datasets
import NeuralNetworks
public import Training

extension Recipe {
    /// The size of the inputs that every recipe is written for.
    public static let inputShape: Shape = [28, 28, 1]

    /// Trains a model as the recipe says.
    ///
    ///     let model = try Recipe.fast.train(on: mnist.train, seed: 1)
    ///
    /// - Parameters:
    ///   - seed: What all that is random follows from; the members of an ensemble have it and those after it.
    ///   - threads: Threads to train with; the number of processors unless set. They do not change the result.
    ///   - callbacks: Asked after each batch and epoch whether to go on, of each member.
    /// - Throws: `InputError` if the pictures do not fit; `TrainingError` if the loss stops being finite.
    public func train(
        on images: LabeledImages, seed: UInt64 = 1, threads: Int = Model.processorCount,
        callbacks: [any TrainingCallback] = []
    ) throws -> Model {
        let models = try (0..<members).map { member in
            let model = try makeModel(seed: seed &+ UInt64(member), classNames: images.classNames)
            model.threads = threads
            try model.fit(
                images, normalization: normalization, configuration: configuration, callbacks: callbacks)
            return model
        }
        return models.count == 1 ? models[0] : try Model(averaging: models)
    }

    /// A model with fresh parameters; of an ensemble, one member.
    public func makeModel(seed: UInt64, classNames: [String]) throws(ShapeError) -> Model {
        let model = try Model(network, input: Self.inputShape, seed: seed, classNames: classNames)
        model.record(recipe: name)
        return model
    }
}
