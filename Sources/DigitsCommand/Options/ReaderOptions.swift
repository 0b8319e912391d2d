import ArgumentParser
import DigitRecognition

/// What is known about pictures, and what reads them.
struct ReaderOptions: ParsableArguments {
    /// The decoder counts no further.
    static let pixelLimit = Int(Int32.max)
    private static let usualPixelCount = ImageDecoder().largestPixelCount
    /// What `DigitReader.pretrained` reads single digits with.
    private static let usualModel = PretrainedModel.accurate

    @Flag(help: "Each picture shows one digit.")
    var single = false

    @Flag(help: "Each picture shows one number.")
    var line = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Digits of a number, as in 5 or 4-6; what has more or fewer is no number. (default: any)",
            valueName: "count"),
        transform: TypedValue.lengths)
    var length: ClosedRange<Int>?

    @Flag(help: "The ink is darker than its ground. (default: found)")
    var darkInk = false

    @Flag(help: "The ink is lighter than its ground, as chalk is. (default: found)")
    var lightInk = false

    @Option(
        help: ArgumentHelp(
            "With --single, the model that reads: a file that 'digits train' wrote, or a shipped one: "
                + "\(PretrainedModel.names.joined(separator: ", ")). (default: \(usualModel))"),
        completion: .file(extensions: ["safetensors"]))
    var model: String?

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
        static var usual: DigitModel { DigitModel(name: usualModel.name, model: usualModel.model()) }
    }

    /// The model that was named; nil where none was.
    func digitModel() throws -> DigitModel? {
        guard let name = model else { return nil }
        let model = try Model.named(name)
        let names = model.information.classNames
        guard model.network.inputShape == [28, 28, 1], names == (0...9).map({ "\($0)" }) else {
            throw CommandFailure.failure(
                "The model \(name) reads pictures of \(model.network.inputShape) as \(names.joined(separator: ", ")), "
                    + "but a digit here is 28×28×1 and one of 0 to 9. Use a model that was trained on digits."
            )
        }
        return DigitModel(name: name, model: model)
    }

    /// The reader that was asked for.
    /// - Parameter model: What reads single digits; nil for the usual one.
    func reader(_ model: DigitModel?) throws -> DigitReader {
        let options = ReadingOptions {
            $0.layout = single ? .digit : line ? .line : .lines
            $0.lengths = length
            $0.inkColor = darkInk ? .dark : lightInk ? .light : nil
        }
        var reader =
            try model.map { try DigitReader(digits: $0.model, options: options) }
            ?? .pretrained { $0 = options }
        reader.decoder.largestPixelCount = maxPixels
        return reader
    }
}
