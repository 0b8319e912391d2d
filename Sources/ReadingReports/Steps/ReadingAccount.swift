public import DigitRecognition
import Figures
import Imaging

/// How a picture was read, step by step: as a page, or as a folder of pictures.
///
/// ```swift
/// let reader = DigitReader.pretrained { $0.keepsSteps = true }
/// let account = try ReadingAccount(reader.read(contentsOf: "photo.jpg"), of: "photo.jpg")
/// let html = account?.page.html
/// ```
public struct ReadingAccount: Sendable {
    /// What was read.
    public let reading: Reading
    /// What the picture is called.
    public let name: String

    let minimumConfidence: Double

    /// - Parameters:
    ///   - reading: What was read, with its steps.
    ///   - name: What the picture is called, such as its file.
    ///   - minimumConfidence: Digits that are less likely right are marked, `0...1`.
    /// - Returns: nil if the reading has no steps.
    public init?(_ reading: Reading, of name: String, minimumConfidence: Double = Reading.sureConfidence) {
        guard reading.picture != nil else { return nil }
        self.reading = reading
        self.name = name
        self.minimumConfidence = minimumConfidence
    }

    /// A step as it is shown.
    struct Stage {
        /// What its file is called, without number and extension.
        let name: String
        let title: String
        let sentences: [String]
        let elements: [Element]
        let bounds: Rectangle

        func drawing(isCaptioned: Bool) -> Drawing {
            Drawing(elements, bounds: bounds, title: title, sentences: sentences, isCaptioned: isCaptioned)
        }
    }

    /// The steps that there are, and what was read.
    var stages: [Stage] {
        var stages = reading.steps.filter { !$0.images.isEmpty }.map { step in
            let (elements, size) = content(of: step)
            return Stage(
                name: step.kind.rawValue, title: step.kind.title, sentences: sentences(of: step),
                elements: elements, bounds: Rectangle(x: 0, y: 0, width: size.width, height: size.height))
        }
        if let picture = reading.picture {
            let (elements, bounds, sentences) = Figure.annotation(
                of: reading, over: Photo(picture, .page), minimumConfidence: minimumConfidence)
            stages.append(
                Stage(
                    name: "read", title: reading.headline, sentences: sentences, elements: elements,
                    bounds: bounds))
        }
        return stages
    }

    private func sentences(of step: ReadingStep) -> [String] {
        var sentences = [step.kind.sentence(isSingle: reading.isSingle)]
        switch step.kind {
        case .picture:
            sentences.append("It has \(reading.width)×\(reading.height) pixels.")
        case .withoutRules where !reading.isSingle:
            let quarters = reading.lines.first.map { ($0.angle / 90).rounded() } ?? 0
            if quarters != 0 { sentences.append("It is turned, because it is read better so.") }
        case .strips where step.images.count > StripRows.most:
            sentences.append("The first \(StripRows.most) of \(step.images.count) are shown.")
        case .digits where step.images.count > DigitCells.most:
            sentences.append("The first \(DigitCells.most) of \(step.images.count) are shown.")
        default: break
        }
        return sentences
    }

    private func content(of step: ReadingStep) -> (elements: [Element], size: Size) {
        let widest = Photo.Extent.page.points.upperBound
        switch step.kind {
        case .picture, .withoutPaper, .ink, .withoutRules:
            let isInk = step.kind != .picture
            let photo = Photo(isInk ? step.images[0].negative : step.images[0], .page)
            return (photo.elements, photo.size)
        case .pieces:
            let before = reading.steps.last { $0.kind == .withoutRules }?.images.first ?? step.images[0]
            let photo = Photo(Image(pieces: step.images, at: step.boxes.map { $0[0] }, in: before), .page)
            return (photo.elements, photo.size)
        case .strips:
            let rows = StripRows(step, of: reading, width: widest)
            return (rows.elements, rows.size)
        case .digits:
            let cells = DigitCells(
                step.images, of: reading.lines.flatMap(\.digits), tellsNone: !reading.isSingle,
                width: widest)
            return (cells.elements, cells.size)
        }
    }
}
