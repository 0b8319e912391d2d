import CPretrainedModels
import Imaging
import ModelFormats
import NeuralNetworks
import PictureReading

/// The networks that a reader asks.
struct ReaderNetworks: Sendable {
    /// Reads a digit that was cut out and made into what MNIST has.
    let digits: Predictor
    /// Whether `digits` has learned what is no digit, so that what it is unsure of is refused, and to read damaged pictures.
    let refusesDoubtful: Bool
    /// Reads the digits of a line. Laid out when first needed: who reads single digits does without.
    var numbers: NumberNetwork { Self.pretrainedNumbers }

    /// Those that come with the package; laid out once.
    static let pretrained = ReaderNetworks(
        digits: Predictor(DigitReader.digitModel.model()), refusesDoubtful: true)

    /// - Throws: `InputError` if the model takes other images than those of MNIST, or has other classes.
    init(digits model: Model) throws(InputError) {
        let shape = Shape(DigitImage.shape)
        guard model.network.inputShape == shape else {
            throw .shapeMismatch(network: model.network.inputShape, images: shape)
        }
        guard model.information.classNames == DigitImage.classNames else {
            throw .otherClasses(network: model.information.classNames, images: DigitImage.classNames)
        }
        self.init(digits: Predictor(model), refusesDoubtful: false)
    }

    private init(digits: Predictor, refusesDoubtful: Bool) {
        self.digits = digits
        self.refusesDoubtful = refusesDoubtful
    }

    private static let pretrainedNumbers = digits_pretrained_numbers().read {
        try NumberNetwork(ModelFile.read(bytes: $0, name: "the pretrained model numbers").0)
    }
}
