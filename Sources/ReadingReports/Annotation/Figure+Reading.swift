public import DigitRecognition
public import Figures
public import Imaging
import PlainText

extension Figure {
    /// A picture with what was read in it: each digit's outline, the digit, and how likely it is right.
    ///
    /// Doubtful digits are marked by colour, dashes and a question mark. Under the picture stands what was read, or why nothing was. Large
    /// pictures are reduced to 2000 pixels a side, at a point each: write it with a scale of 1.
    /// - Parameters:
    ///   - reading: What was read.
    ///   - image: The image that was read, at any size.
    ///   - minimumConfidence: Digits that are less likely right are doubtful, `0...1`.
    public static func reading(
        _ reading: Reading, over image: Image, minimumConfidence: Double = Reading.sureConfidence
    ) -> Figure {
        let (elements, bounds, sentences) = annotation(
            of: reading, over: Photo(image, .file), minimumConfidence: minimumConfidence)
        return Figure(
            drawing: Drawing(
                elements, bounds: bounds, title: reading.headline, sentences: sentences, isCaptioned: true),
            table: reading.table)
    }

    /// The annotated photo, and what there is to say of it.
    static func annotation(
        of reading: Reading, over photo: Photo, minimumConfidence: Double
    ) -> (elements: [Element], bounds: Rectangle, sentences: [String]) {
        let annotation = Annotation(reading, over: photo, minimumConfidence: minimumConfidence)
        return (
            annotation.elements, annotation.bounds,
            [reading.summary] + (annotation.doubts.map { [$0] } ?? [])
        )
    }
}

extension Reading {
    /// What was read, in a few words.
    var headline: String {
        if let refusal { return "Nothing read: \(refusal.kind.name)" }
        let read = lines.map(\.text).joined(separator: ", ")
        if lines.count == 1 { return "Read: \(read)" }
        let digits = lines.reduce(0) { $0 + $1.digits.count }
        return "Read \(lines.count) numbers, \(digits) digits: \(read)"
    }

    /// What was read, in sentences.
    var summary: String {
        if let refusal { return refusal.reason }
        let digits = lines.flatMap(\.digits)
        guard let least = digits.map(\.confidence).min() else { return "" }
        if digits.count == 1 { return "Confidence: \(DigitLabels.share(least))." }
        return "Confidence of the least certain digit: \(DigitLabels.share(least))."
    }

    /// A row for each digit.
    var table: FigureTable {
        FigureTable(
            header: ["Number", "Digit", "Confidence", "Left", "Top", "Width", "Height"],
            rows: lines.enumerated().flatMap { number, line in
                line.digits.map { digit in
                    let box = digit.box
                    return [
                        "\(number + 1)", "\(digit.value)", DigitLabels.share(digit.confidence, decimals: 2),
                    ]
                        + [box.left, box.top, box.width, box.height].map { "\($0)" }
                }
            })
    }
}

extension Reading.Refusal.Kind {
    fileprivate var name: String {
        switch self {
        case .blank: "no ink"
        case .noDigits: "no digits"
        case .unreadable: "unreadable"
        }
    }
}
