import DigitRecognition

/// A picture, read in one of all ways.
struct ReaderCase: FuzzCase {
    private let picture: RandomPicture
    private let options: ReadingOptions
    /// How the picture is turned in the file that it comes in; nil where it comes in none.
    private let orientation: ImageOrientation?

    /// Twice the time for those that are larger would leave too little for others.
    private static let mostPixelsReadTwice = 250_000

    init(digits: [Image], random: inout CounterBasedRandom) {
        picture = RandomPicture(digits: digits, random: &random)
        options = ReadingOptions {
            $0.layout = ReadingOptions.Layout.allCases.randomElement(using: &random)!
            $0.inkColor = [nil, nil, nil, .dark, .light].randomElement(using: &random)!
            $0.keepsSteps = Bool.random(using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 {
                let least = Int.random(in: 0...6, using: &random)
                $0.lengths = least...least + Int.random(in: 0...6, using: &random)
            }
        }
        let shape = picture.image.shape
        let isFile =
            Int.random(in: 0..<6, using: &random) == 0 && [1, 3].contains(shape.channels)
            && 1...1_000_000 ~= shape.count
        let orientations = (1...8).compactMap(ImageOrientation.init(rawValue:))
        orientation = isFile ? orientations.randomElement(using: &random)! : nil
    }

    var description: String {
        let way = orientation.map { "in a file, turned \($0)" } ?? "as an image"
        let lengths = options.lengths.map { ", lengths \($0)" } ?? ""
        let color = options.inkColor.map { ", \($0) ink" } ?? ""
        return "\(picture.description); \(way); \(options.layout)\(lengths)\(color)"
            + (options.keepsSteps ? ", with steps" : "")
    }

    /// What `digits read` takes: PNG; of an image that no file can be of, its bytes.
    var file: KeptFile {
        let image = picture.image
        guard [1, 3].contains(image.channels), image.shape.count > 0 else {
            return KeptFile(ending: "bytes", bytes: image.pixels)
        }
        return KeptFile(
            ending: "png", bytes: PNGFile.bytes(of: image, orientation: orientation ?? .up))
    }

    func fault() -> String? {
        let reading: Reading
        switch read(options) {
        case .success(let read): reading = read
        case .failure(let error): return "A sound file was refused: \(error)"
        }
        let (height, width) = (picture.image.height, picture.image.width)
        let isTurned = (orientation?.rawValue ?? 1) > 4
        let isStored = reading.width == width && reading.height == height
        guard isStored || isTurned && reading.width == height && reading.height == width else {
            return "A picture of \(height)×\(width) was read as one of \(reading.height)×\(reading.width)."
        }
        if let fault = reading.fault(options) { return fault }
        guard picture.image.shape.count <= Self.mostPixelsReadTwice else { return nil }
        // Whether steps are kept changes nothing else.
        var others = options
        others.keepsSteps.toggle()
        guard let second = try? read(others).get() else { return "A file was refused the second time." }
        guard second.lines == reading.lines, second.refusal == reading.refusal else {
            return "Read a second time, it is '\(second.text)' and not '\(reading.text)'."
        }
        return second.fault(others)
    }

    private func read(_ options: ReadingOptions) -> Result<Reading, ImageDecodingError> {
        Result { () throws(ImageDecodingError) in
            var reader = DigitReader.pretrained()
            reader.options = options
            return orientation == nil ? reader.read(picture.image) : try reader.read(bytes: file.bytes)
        }
    }
}
