import ArgumentParser
import DigitRecognition

/// What is known about pictures, and what reads them.
struct ReaderOptions: ParsableArguments {
    /// The decoder counts no further.
    static let pixelLimit = Int(Int32.max)
    private static let usualPixelCount = ImageDecoder().largestPixelCount

    @Flag(help: "Each picture shows one digit.")
    var single = false

    @Flag(help: "Each picture shows one number.")
    var line = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Digits of a number, as in 5 or 4-6: settles doubts; what surely has more or fewer is no number. (default: any)",
            valueName: "count"),
        transform: TypedValue.lengths)
    var length: ClosedRange<Int>?

    @Flag(help: "The ink is darker than its ground. (default: found)")
    var darkInk = false

    @Flag(help: "The ink is lighter than its ground, as chalk is. (default: found)")
    var lightInk = false

    @Option(
        help: ArgumentHelp(
            "With --single, the model that reads: \(NamedModel.forms). (default: \(DigitReader.digitModel))"),
        completion: .file(extensions: ["safetensors"]), transform: NamedModel.init)
    var model: NamedModel?

    @OptionGroup var changes: ChangeOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels that a picture may have; more are refused before memory is taken. (default: \(usualPixelCount))",
            valueName: "count"),
        transform: TypedValue.wholeNumber)
    var maxPixels = usualPixelCount

    func validate() throws {
        if single && line {
            throw ValidationError("--single and --line exclude each other. Give one of them.")
        }
        if single && length != nil {
            throw ValidationError("--single and --length exclude each other. Give one of them.")
        }
        if let length, length.upperBound > ReadingOptions.mostDigits {
            throw ValidationError(
                "--length goes up to \(length.upperBound), but no number that is read has more than "
                    + "\(ReadingOptions.mostDigits) digits. Give fewer, or leave the option out.")
        }
        if darkInk && lightInk {
            throw ValidationError("--dark-ink and --light-ink exclude each other. Give one of them.")
        }
        if model != nil && !single {
            throw ValidationError("--model reads single digits. Add --single, or leave it out.")
        }
        if !(1...Self.pixelLimit).contains(maxPixels) {
            throw ValidationError("--max-pixels is \(maxPixels), but must be 1 to \(Self.pixelLimit).")
        }
    }
}

extension ReaderOptions {
    /// A model of single digits, and what it is called.
    struct DigitModel {
        let name: String
        let model: Model

        /// The one that reads single digits unless another is named.
        static var usual: DigitModel {
            DigitModel(name: DigitReader.digitModel.name, model: DigitReader.digitModel.model())
        }
    }

    /// The model that was named; nil where it is the one that reads anyhow, which alone knows what is no digit.
    func digitModel() throws -> DigitModel? {
        guard let model, model.name != DigitReader.digitModel.name else { return nil }
        if let suggestion = ReadCommand.suggestion(inPlaceOfReader: model.name) {
            throw CommandFailure.failure(suggestion)
        }
        return DigitModel(name: model.name, model: try model.load(changes))
    }

    /// The reader that was asked for.
    /// - Parameter model: What reads single digits; nil for the usual one.
    func reader(_ model: DigitModel?) throws -> DigitReader {
        let options = ReadingOptions {
            $0.layout = single ? .digit : line ? .line : .lines
            $0.lengths = length
            $0.inkColor = darkInk ? .dark : lightInk ? .light : nil
        }
        var reader = try model.map { try Self.reader(with: $0, options) } ?? .pretrained { $0 = options }
        reader.decoder.largestPixelCount = maxPixels
        return reader
    }

    private static func reader(with model: DigitModel, _ options: ReadingOptions) throws -> DigitReader {
        do throws(InputError) {
            return try DigitReader(digits: model.model, options: options)
        } catch {
            throw CommandFailure.failure("The model \(model.name) cannot read single digits. \(error)")
        }
    }
}
