package import DigitRecognition

/// One version of a model, ready to compute. Whoever holds it can go on with it after it was unloaded.
package final class ServedModel: Sendable {
    /// What requests call it.
    package let name: String
    /// From 1.
    package let version: Int
    /// What computes. It uses the thread that calls it.
    package let predictor: Predictor
    /// How pixels become the network's inputs.
    let normalization: Normalization
    /// Rows, columns and channels of an image.
    let shape: ImageShape
    /// What the model's file says about it.
    let information: ModelInformation
    /// How long one image takes, measured when the model was made.
    let imageDuration: Duration
    /// How often it was asked.
    let statistics = ModelStatistics()

    /// Makes a model ready: its weights are laid out, and it has computed an image.
    package init(_ model: Model, name: String, version: Int) {
        self.name = name
        self.version = version
        predictor = Predictor(model)
        normalization = model.normalization
        information = model.information
        let shape = model.network.inputShape
        self.shape = ImageShape(height: shape[0], width: shape[1], channels: shape[2])
        imageDuration = Self.duration(of: predictor, inputCount: shape.count)
    }

    /// What the outputs stand for.
    var classNames: [String] { predictor.classNames }
    /// Floats of an image.
    var pixelCount: Int { shape.count }
    /// Outputs of an image.
    var classCount: Int { predictor.classNames.count }

    /// The least of a few measurements: others' work only makes them longer.
    private static func duration(of predictor: Predictor, inputCount: Int) -> Duration {
        let inputs = [Float](repeating: 0, count: inputCount)
        var outputs = [Float](repeating: 0, count: predictor.classNames.count)
        let clock = ContinuousClock()
        var least = Duration.seconds(1)
        for _ in 0..<4 {
            let start = clock.now
            var destination = outputs.mutableSpan
            predictor.predict(inputs: inputs.span, into: &destination)
            least = min(least, clock.now - start)
        }
        return least
    }
}
