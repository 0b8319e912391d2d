import DigitRecognition

/// Bytes, most of them a damaged picture file, for the decoder; what it makes of a few of them is read, too.
struct DecoderCase: FuzzCase {
    private let name: String
    private let bytes: [UInt8]
    private let limit: Int
    private let page: Int
    private let isGrey: Bool
    private let shorterSide: Int?
    private let isRead: Bool

    /// Every fourth case is a file that was cut off, so that each is cut off at every hundredth of its length.
    init(number: Int, samples: [SampleFile], random: inout CounterBasedRandom) {
        let isCutOff = number.isMultiple(of: 4)
        let sample =
            isCutOff ? samples[number / 400 % samples.count] : samples.randomElement(using: &random)!
        if isCutOff {
            let percent = number / 4 % 100
            bytes = Array(sample.bytes.prefix(sample.bytes.count * percent / 100))
            name = "\(sample.name), \(percent) % of it"
        } else {
            var bytes = sample.bytes
            let mutations = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                FileMutation.allCases.randomElement(using: &random)!
            }
            for mutation in mutations {
                let other = samples.randomElement(using: &random)!
                bytes = mutation.applied(to: bytes, other: other.bytes, random: &random)
            }
            // Else nothing of PNG but its checksums would be tried.
            if Int.random(in: 0..<4, using: &random) > 0 { bytes = PNGFile.withChecksums(bytes) }
            self.bytes = bytes
            name = "\(sample.name), \(mutations.map { "\($0)" }.joined(separator: ", "))"
        }
        limit = [1_000_000, 4_000_000, 4_000_000, 234, 1, 0, -1].randomElement(using: &random)!
        page = [0, 0, 0, 0, 0, 1, 2, -1, Int.max].randomElement(using: &random)!
        isGrey = Bool.random(using: &random)
        shorterSide = [nil, nil, 4, 1000, 0, -1, Int.max].randomElement(using: &random)!
        isRead = Int.random(in: 0..<16, using: &random) == 0
    }

    var description: String {
        "\(name); \(bytes.count) bytes, at most \(limit) pixels, page \(page), \(isGrey ? "grey" : "colours"), "
            + "shorter side \(shorterSide.map { "\($0)" } ?? "any")"
    }

    var file: KeptFile { KeptFile(ending: "picture", bytes: bytes) }

    func fault() -> String? {
        let result = decoded()
        if result != decoded(), !isHEIC { return "The same bytes give another result the second time." }
        switch result {
        case .failure(let error): return sentenceFault("\(error)")
        case .success(let decoded): return fault(of: decoded) ?? (isRead ? readingFault(decoded) : nil)
        }
    }

    /// Of damaged HEVC data libde265 does not always make the same pixels.
    private var isHEIC: Bool { bytes.dropFirst(4).starts(with: "ftyp".utf8) }

    private func decoded() -> Result<DecodedImage, ImageDecodingError> {
        Result { () throws(ImageDecodingError) in
            try ImageDecoder(largestPixelCount: limit).decode(
                bytes, page: page, asGrey: isGrey, minimumShorterSide: shorterSide)
        }
    }

    private func fault(of decoded: DecodedImage) -> String? {
        let image = decoded.image
        let (width, height) = (decoded.originalWidth, decoded.originalHeight)
        guard image.shape.count > 0 else { return "The image is of \(image.shape)." }
        guard isGrey ? image.channels == 1 : [1, 3].contains(image.channels) else {
            return "The image has \(image.channels) channels."
        }
        guard width * height <= limit else { return "\(width)×\(height) pixels are more than the limit." }
        guard image.width <= width, image.height <= height else {
            return "The image of \(image.shape) is larger than the file's \(width)×\(height)."
        }
        guard decoded.pageCount > page, page >= 0 else {
            return "Page \(page) of \(decoded.pageCount) was decoded."
        }
        let upright = decoded.upright.shape
        let isTurned = decoded.orientation.rawValue > 4
        guard upright.height == (isTurned ? image.width : image.height), upright.count == image.shape.count
        else { return "Upright the image of \(image.shape) is of \(upright)." }
        return nil
    }

    /// A picture that can be decoded can be read.
    private func readingFault(_ decoded: DecodedImage) -> String? {
        guard decoded.image.shape.count <= 40_000 else { return nil }
        let (width, height) = (decoded.originalWidth, decoded.originalHeight)
        let reader = DigitReader.pretrained()
        let reading = reader.read(decoded)
        let isTurned = decoded.orientation.rawValue > 4
        let isStored = reading.width == width && reading.height == height
        guard isStored || isTurned && reading.width == height && reading.height == width else {
            return
                "A file of \(width)×\(height) pixels was read as one of \(reading.width)×\(reading.height)."
        }
        return reading.fault(reader.options)
    }
}
