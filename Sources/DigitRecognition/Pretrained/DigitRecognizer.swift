public import Imaging
public import ModelFormats
public import NeuralNetworks

/// Reads handwritten digits: a trained model, ready for use by any number of threads.
///
///     let recognizer = DigitRecognizer.pretrained()
///     let prediction = try recognizer.read(mnist.test.images[7])
///     print(prediction.className, prediction.confidence)
public struct DigitRecognizer: Sendable {
    /// What the model's file says about it: its data, settings and accuracy.
    public let information: ModelInformation
    /// What computes; for statistics such as `robustness(on:)`.
    public let predictor: Predictor

    /// A recognizer with a model as it is now.
    /// - Parameter threads: Threads that a call with several pictures uses, at least 1.
    public init(_ model: Model, threads: Int = 1) {
        information = model.information
        predictor = Predictor(model, threads: threads)
    }

    /// A recognizer with a model that comes with the package; nothing is loaded from files or the network.
    public static func pretrained(_ model: PretrainedModel = .accurate, threads: Int = 1) -> DigitRecognizer {
        DigitRecognizer(model.model(), threads: threads)
    }

    /// A recognizer with the model of a file.
    /// - Parameter allowingChanges: Whether a file that another program has changed since it was written is read.
    /// - Throws: `ModelFileError` for whatever is wrong with the file.
    public init(
        contentsOf path: String, threads: Int = 1, allowingChanges: Bool = false
    ) throws(ModelFileError) {
        self.init(try Model(contentsOf: path, allowingChanges: allowingChanges), threads: threads)
    }

    /// Reads one picture of the size that the model takes, 28×28 for those of the package: light ink on a dark ground, as MNIST
    /// has it.
    ///
    /// A model answers whatever it is shown, and is as sure of a blank picture as of a digit. So a picture without ink, and one that is
    /// dark on light, are refused here; `predictor` asks the model all the same. Letters and scribbles are read as digits:
    /// `DigitReader` knows more of what is none.
    /// - Throws: `InputError.shapeMismatch` if the picture has another size, `.blank` or `.darkOnLight` if there is nothing to read.
    public func read(_ image: Image) throws(InputError) -> Prediction {
        try read([image])[0]
    }

    /// Reads pictures, in their order.
    /// - Throws: `InputError` as for one picture, with the number of the first that cannot be read, from 0.
    public func read(_ images: [Image]) throws(InputError) -> [Prediction] {
        let predictions = try predictor.predict(images)
        for (sample, image) in images.enumerated() {
            if let fault = image.fault(asSample: sample) { throw fault }
        }
        return predictions
    }
}
