import DigitRecognition
import Figures
import Imaging
import PlainText

/// The digits of a reading over its photo: outlines and labels.
struct Annotation {
    /// What is drawn, the photo's upper left corner being a drawing's.
    private(set) var elements: [Element]
    /// The room that all of it takes.
    private(set) var bounds: Rectangle
    /// What the marks of doubtful digits mean; nil where there are none.
    private(set) var doubts: String?
    /// Each digit's outline, in reading order.
    let outlines: [DigitOutline]

    /// What is read with enough confidence, and what is not.
    static let sure = Paint.blue.color
    static let doubtful = Paint.vermilion.color

    /// - Parameters:
    ///   - minimumConfidence: What is less likely right is marked.
    ///   - showsConfidence: Whether labels tell it.
    init(
        _ reading: Reading, over photo: Photo, minimumConfidence: Double, showsConfidence: Bool = true
    ) {
        elements = photo.elements
        bounds = Rectangle(x: 0, y: 0, width: photo.size.width, height: photo.size.height)
        let longest = max(photo.size.width, photo.size.height)
        let lines = reading.lines.map { line in
            line.digits.map { digit in
                DigitOutline(around: Rectangle(digit.box, of: reading, over: photo), angle: line.angle)
            }
        }
        outlines = lines.flatMap { $0 }
        var labels: [Element] = []
        for (index, (line, outlines)) in zip(reading.lines, lines).enumerated() {
            let texts = line.digits.map {
                $0.confidence >= minimumConfidence ? "\($0.value)" : "\($0.value)?"
            }
            let form = DigitLabels(
                outlines, texts: texts, angle: line.angle,
                beside: lines.enumerated().flatMap { $0.offset == index ? [] : $0.element },
                sizes: max(9, longest / 110)...longest / 20,
                showsConfidence: showsConfidence)
            for ((digit, outline), text) in zip(zip(line.digits, outlines), texts) {
                let isSure = digit.confidence >= minimumConfidence
                let paint = isSure ? Self.sure : Self.doubtful
                elements += Self.frame(outline, paint: paint, isDashed: !isSure, longest: longest)
                let label = form.label(
                    text, confidence: digit.confidence, at: outline, angle: line.angle, paint: paint)
                labels.append(.group(title: text, clip: nil, label.elements))
                bounds = bounds.union(label.box)
                if !isSure { doubts = Self.doubts(minimumConfidence) }
            }
        }
        elements += labels
    }

    private static func doubts(_ minimumConfidence: Double) -> String {
        "Outlines that are orange and dashed, with a question mark: less than "
            + "\(NumberText.percent(minimumConfidence, decimals: 0)) likely to be right."
    }

    /// An outline that is seen on any ground: its colour on white.
    private static func frame(
        _ outline: DigitOutline, paint: RGBColor, isDashed: Bool, longest: Double
    ) -> [Element] {
        let width = max(1, min(longest / 500, outline.height / 16))
        let dashes = isDashed ? [3 * width, 2.5 * width] : []
        return [
            .polygon(
                outline.corners, fill: nil,
                border: Stroke(.color(RGBColor(0xFFFFFF)), width: 2 * width)),
            .polygon(
                outline.corners, fill: nil, border: Stroke(.color(paint), width: width, dashes: dashes)),
        ]
    }
}

extension Rectangle {
    /// A rectangle of a reading's picture in a photo of it.
    fileprivate init(_ box: PixelBox, of reading: Reading, over photo: Photo) {
        let x = photo.size.width / Double(reading.width)
        let y = photo.size.height / Double(reading.height)
        self.init(
            x: Double(box.left) * x, y: Double(box.top) * y, width: Double(box.width) * x,
            height: Double(box.height) * y)
    }

    /// The smallest around two.
    func union(_ other: Rectangle) -> Rectangle {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return Rectangle(
            x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }
}
