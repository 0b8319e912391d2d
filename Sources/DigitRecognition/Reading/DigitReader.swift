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

    /// A reader with the networks that come with the package; nothing is loaded from files or the network.
    /// - Parameter change: Sets options.
    public static func pretrained(_ change: (inout ReadingOptions) -> Void = { _ in }) -> DigitReader {
        DigitReader(options: ReadingOptions(change), networks: .pretrained)
    }

    /// A reader that reads single digits with another model.
    /// - Parameter model: It takes grey images of 28×28 and has the classes 0 to 9.
    /// - Throws: `InputError.shapeMismatch` if the model takes other images, or has other classes.
    public init(digits model: Model, options: ReadingOptions = ReadingOptions()) throws(InputError) {
        self.init(options: options, networks: try ReaderNetworks(digits: model))
    }

    private init(options: ReadingOptions, networks: ReaderNetworks) {
        self.options = options
        self.networks = networks
    }

    /// Reads an image. Its first channel alone, or all three, are looked at.
    public func read(_ image: Image) -> Reading {
        PictureReader(networks: networks, options: options).read(image)
    }

    /// Reads the image of a file's bytes.
    /// - Parameter page: Which page of a TIFF file, from 0.
    /// - Throws: `ImageDecodingError`.
    public func read(bytes: [UInt8], page: Int = 0) throws(ImageDecodingError) -> Reading {
        try read(decode(bytes, page: page))
    }

    /// The image of a file's bytes, of no more pixels than reading gains from.
    package func decode(_ bytes: [UInt8], page: Int = 0) throws(ImageDecodingError) -> DecodedImage {
        try decoder.decode(bytes, page: page, minimumShorterSide: InkFinder.largestShorterSide)
    }

    /// Reads the image of a file.
    /// - Parameter page: Which page of a TIFF file, from 0.
    /// - Throws: `FileError` where the file cannot be read, `ImageDecodingError` where it holds no picture.
    public func read(contentsOf path: String, page: Int = 0) throws -> Reading {
        try read(bytes: FileReader(path).readToEnd(), page: page)
    }

    /// Reads an image as its file stores it. Programs that turn pictures often leave an old orientation in the file: where it says that
    /// the picture is turned, the better of both readings counts.
    public func read(_ decoded: DecodedImage) -> Reading {
        var best = read(decoded.upright)
        if decoded.orientation != .up {
            let stored = read(decoded.image)
            if stored.evidence > best.evidence { best = stored }
        }
        let scale = Double(decoded.originalWidth) / Double(max(1, decoded.image.width))
        return scale == 1 ? best : best.scaled(by: scale)
    }
}
