import Files
public import Imaging
import NeuralNetworks
import PictureReading

/// Reads the digits in any picture: photos, scans, drawings, whole numbers or single digits.
///
///     let reader = DigitReader.pretrained()
///     let reading = try reader.read(contentsOf: "photo.jpg")
///     print(reading.text)
///
/// Made once, it may be used by any number of threads at the same time. The same picture gives the same reading.
public struct DigitReader: Sendable {
    /// How pictures are read.
    public var options: ReadingOptions
    /// How files become images.
    public var decoder = ImageDecoder()

    private let networks: ReaderNetworks

    /// What reads single digits unless another model is given.
    package static let digitModel = PretrainedModel.reader

    /// A reader with the networks that come with the package; nothing is loaded from files or the network.
    /// - Parameter change: Sets options.
    public static func pretrained(_ change: (inout ReadingOptions) -> Void = { _ in }) -> DigitReader {
        DigitReader(options: ReadingOptions(change), networks: .pretrained)
    }

    /// A reader that reads single digits with another model. It refuses none that the model doubts: only the shipped one has learned
    /// what is no digit.
    /// - Parameter model: It takes grey images of 28×28 and has the classes 0 to 9.
    /// - Throws: `InputError` if the model takes other images, or has other classes.
    public init(digits model: Model, options: ReadingOptions = ReadingOptions()) throws(InputError) {
        self.init(options: options, networks: try ReaderNetworks(digits: model))
    }

    private init(options: ReadingOptions, networks: ReaderNetworks) {
        self.options = options
        self.networks = networks
    }

    /// Reads an image, grey or in colours; ink is looked for in every channel.
    public func read(_ image: Image) -> Reading {
        PictureReader(networks: networks, options: options).read(image)
    }

    /// Reads the image of a file's bytes.
    /// - Parameter page: Which page of a TIFF file, from 0.
    /// - Throws: `ImageDecodingError`.
    public func read(bytes: [UInt8], page: Int = 0) throws(ImageDecodingError) -> Reading {
        try read(decode(bytes, page: page))
    }

    /// The image of a file's bytes, of no more pixels than reading gains from; for programs that read it, too, or want to know its pages.
    /// - Parameter page: Which page of a TIFF file, from 0.
    /// - Throws: `ImageDecodingError`.
    public func decode(_ bytes: [UInt8], page: Int = 0) throws(ImageDecodingError) -> DecodedImage {
        try decoder.decode(bytes, page: page, minimumShorterSide: InkFinder.largestShorterSide)
    }

    /// Reads the image of a file.
    /// - Parameter page: Which page of a TIFF file, from 0.
    /// - Throws: `FileError` where the file cannot be read or is too large for a picture that the decoder takes,
    ///   `ImageDecodingError` where it holds no picture.
    public func read(contentsOf path: String, page: Int = 0) throws -> Reading {
        try read(
            bytes: DurableFile.read(path, maximumByteCount: decoder.largestByteCount), page: page)
    }

    /// Reads an image as its file stores it. Programs that turn pictures often leave an old orientation in the file: where the picture,
    /// turned as the file says, is hard to read, and as it is stored clearly better, that counts. Boxes are those of the picture that
    /// was read.
    public func read(_ decoded: DecodedImage) -> Reading {
        let (width, height) = (decoded.originalWidth, decoded.originalHeight)
        let isOnItsSide = decoded.orientation.exchangesSides
        let upright = read(decoded.upright).scaled(
            toWidth: isOnItsSide ? height : width, height: isOnItsSide ? width : height)
        guard decoded.orientation != .up, !upright.lines.isSure else { return upright }
        let stored = read(decoded.image).scaled(toWidth: width, height: height)
        return stored.lines.evidence > upright.lines.evidence + [Reading.Line].clearLead ? stored : upright
    }
}
