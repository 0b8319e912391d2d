public import DigitRecognition
public import Figures
import Imaging

extension Figure {
    /// A picture, and over it which ink speaks for the digits that were read, and which against them, by integrated gradients.
    ///
    /// Numbers are read from whole lines. What is shown of them is what a network of single digits says of each digit cut from its line.
    /// - Parameters:
    ///   - reading: What was read, with its steps.
    ///   - model: It reads images of 28×28. Of a picture of one digit, the model that read it.
    ///   - name: What the model is called.
    ///   - minimumConfidence: Digits that are less likely right are marked as doubtful, `0...1`.
    /// - Returns: nil if the reading has no steps.
    /// - Throws: `InputError` if the model takes other images.
    public static func explanation(
        of reading: Reading, by model: Model, named name: String,
        minimumConfidence: Double = Reading.sureConfidence
    ) throws -> Figure? {
        guard let picture = reading.picture else { return nil }
        let photo = Photo(picture.enlarged(for: reading), .file)
        let annotation = Annotation(
            reading, over: photo, minimumConfidence: minimumConfidence, showsConfidence: false)
        let digits = reading.lines.flatMap(\.digits)
        let images = reading.steps.last { $0.kind == .digits }?.images ?? []
        let saliencies = try DigitSaliency.all(
            of: zip(images, digits).map { (image: $0, label: $1.value) }, at: annotation.outlines, by: model)
        var sentences = [reading.summary]
        if !saliencies.isEmpty {
            sentences = [
                "Orange ink speaks for the digit that was read, blue against it, to the network '\(name)': integrated gradients, each digit "
                    + "on a scale of its own."
            ]
            if !reading.isSingle {
                sentences.append(
                    "Numbers are read from whole lines by another network; this one was shown each digit cut out, and "
                        + agreement(saliencies, digits))
            }
        }
        if let doubts = annotation.doubts { sentences.append(doubts) }
        return Figure(
            drawing: Drawing(
                photo.overlaid(saliencies).elements + annotation.elements.dropFirst(photo.elements.count),
                bounds: annotation.bounds, title: reading.headline, sentences: sentences, isCaptioned: true),
            table: FigureTable(
                header: ["Digit", "Read as", "Single digit read as"],
                rows: zip(saliencies, digits).enumerated().map { index, entry in
                    ["\(index + 1)", "\(entry.1.value)", "\(entry.0.label)"]
                }))
    }

    /// How many digits both networks read the same.
    private static func agreement(_ saliencies: [DigitSaliency], _ digits: [Reading.Digit]) -> String {
        let same = zip(saliencies, digits).count { $0.label == $1.value }
        return same == digits.count
            ? "reads the same." : "reads \(same) of \(digits.count) the same."
    }
}

extension Image {
    /// The height of digits, in pixels, in which colours are seen.
    private static let legibleHeight = 96.0

    /// The image with digits large enough to see colours in them, but no larger than a photo may be.
    fileprivate func enlarged(for reading: Reading) -> Image {
        let heights = reading.lines.flatMap(\.digits).map { max($0.box.height, $0.box.width) }.sorted()
        guard !heights.isEmpty else { return self }
        let scale = Double(width) / Double(reading.width)
        let factor = min(
            Self.legibleHeight / (Double(heights[heights.count / 2]) * scale),
            Double(Photo.Extent.file.pixels) / Double(max(width, height)))
        guard factor > 1 else { return self }
        return resized(
            height: Int((Double(height) * factor).rounded()),
            width: Int((Double(width) * factor).rounded()))
    }
}

extension Photo {
    /// How much of a colour the strongest ink has.
    private static let strongest = 0.9

    /// The photo in pale grey, with colours where ink speaks for or against its digit.
    fileprivate func overlaid(_ saliencies: [DigitSaliency]) -> Photo {
        let white = RGBColor(0xFFFFFF)
        var colors = pixels.colors.map { color in
            let grey = UInt8((Int(color.red) + Int(color.green) + Int(color.blue)) / 3)
            return RGBColor(red: grey, green: grey, blue: grey).mixed(with: white, share: 0.35)
        }
        let scale = size.width / Double(pixels.width)
        for saliency in saliencies {
            let box = saliency.bounds
            let rows = Self.range(box.y / scale, box.maxY / scale, below: pixels.height)
            let columns = Self.range(box.x / scale, box.maxX / scale, below: pixels.width)
            for row in rows {
                for column in columns {
                    let share = saliency.share(
                        at: Point(x: (Double(column) + 0.5) * scale, y: (Double(row) + 0.5) * scale))
                    let place = row * pixels.width + column
                    colors[place] = colors[place].mixed(
                        with: share > 0 ? Paint.vermilion.color : Paint.blue.color,
                        share: Self.strongest * abs(share).squareRoot())
                }
            }
        }
        return Photo(
            pixels: Pixels(width: pixels.width, height: pixels.height, colors: colors), size: size)
    }

    /// The whole numbers from one place to another, as far as there are pixels.
    private static func range(_ start: Double, _ end: Double, below count: Int) -> Range<Int> {
        let end = min(max(Int(end) + 1, 0), count)
        return min(max(Int(start), 0), end)..<end
    }

    private init(pixels: Pixels, size: Size) {
        self.pixels = pixels
        self.size = size
    }
}
