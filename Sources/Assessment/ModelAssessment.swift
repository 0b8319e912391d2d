public import Datasets
public import DigitRecognition
public import Evaluation

/// What a model makes of labelled images: asked once, judged in every way without asking again.
///
///     let assessment = try ModelAssessment(of: model, on: mnist.test)
///     assessment.accuracy.share               // 0.9851
///     assessment.confusion.confusedPairs
///     Reliability(try assessment.labeledPredictions()).expectedCalibrationError
///
/// It keeps the logits, 4 bytes for each class of each image (400 kB for MNIST's test images), and no image.
public struct ModelAssessment: Sendable, Hashable {
    /// What each class is called.
    public let classNames: [String]
    /// The label of each image.
    public let truths: [Int]
    /// What each image is read as: the class with the largest logit, the first of equals.
    public let predictions: [Int]
    /// What was taken for what.
    public let confusion: ConfusionMatrix
    /// The mean of the loss that training makes small, so that it compares with a history. No temperature changes it.
    public let loss: Double
    /// The metrics that the model was compiled with, by their names.
    public let metrics: [String: Double]
    /// What logits are divided by before they become probabilities; nil for none. The model's own, unless `withTemperature`
    /// made this.
    public private(set) var temperature: Double?

    private let outputs: ModelOutputs

    /// Asks a model about images, each of them once.
    /// - Throws: `InputError` if there are no images, they do not fit the network, or a label is not one of its outputs.
    public init(of model: Model, on images: LabeledImages) throws(InputError) {
        let (result, outputs) = try model.evaluationWithOutputs(on: images)
        classNames = model.information.classNames
        truths = images.labels
        predictions = result.predictions
        confusion = ConfusionMatrix(
            checkedTruths: truths, predicted: predictions, classCount: classNames.count)
        loss = result.loss
        metrics = result.metrics
        temperature = model.information.temperature
        self.outputs = outputs
    }

    /// Number of images, at least 1.
    public var count: Int { truths.count }

    /// Right ones of all.
    public var accuracy: ProportionInterval { confusion.accuracyInterval() }
}

extension ModelAssessment {
    /// The same with another temperature, or with none. What is read stays the same.
    public func withTemperature(_ temperature: Temperature?) -> ModelAssessment {
        var other = self
        other.temperature = temperature?.value
        return other
    }

    /// The probability of each class of an image: the bits of `Prediction.probabilities`.
    /// - Precondition: `0 <= sample < count`.
    public func probabilities(of sample: Int) -> [Float] {
        outputs.probabilities(of: sample, temperature: temperature)
    }

    /// All probabilities with the labels, for everything that judges probabilities.
    /// - Throws: `EvaluationError` if the model's outputs are no probabilities.
    public func labeledPredictions() throws(EvaluationError) -> LabeledPredictions {
        try LabeledPredictions(
            truths: truths, probabilities: truths.indices.map { probabilities(of: $0) })
    }

    /// Finds the temperature with which these labels are likeliest, whatever temperature there is now.
    /// - Returns: The temperature and the calibration on these images, without any temperature and with this one.
    /// - Throws: `EvaluationError` if the model's outputs are no probabilities, or no temperature is best.
    public func fittedTemperature() throws(EvaluationError) -> Temperature.Fit {
        try Temperature.fit(withTemperature(nil).labeledPredictions())
    }

    /// The images that are read otherwise than labelled, those first in which the model is surest; of equally sure ones the
    /// lower number.
    public var misreadings: [Misreading] {
        truths.indices.filter { predictions[$0] != truths[$0] }
            .map { sample in
                let probabilities = probabilities(of: sample)
                return Misreading(
                    sample: sample, label: truths[sample], reading: predictions[sample],
                    probability: probabilities[predictions[sample]],
                    labelProbability: probabilities[truths[sample]])
            }
            .sorted { ($1.probability, $0.sample) < ($0.probability, $1.sample) }
    }
}

/// An image that a model reads otherwise than it is labelled.
public struct Misreading: Sendable, Hashable {
    /// The image's number.
    public let sample: Int
    /// Its label.
    public let label: Int
    /// What the model reads.
    public let reading: Int
    /// The probability of what is read, 0…1.
    public let probability: Float
    /// The probability of the label, 0…1.
    public let labelProbability: Float
}
