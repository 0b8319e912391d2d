import Compute
import Imaging
import PictureReading

/// Reads one picture.
struct PictureReader {
    let networks: ReaderNetworks
    let options: ReadingOptions

    /// Below this mean confidence of its digits a reading may be one of a picture that stands on its side.
    private static let sure = 0.8
    /// What is less likely is no digit.
    private static let leastConfidence = 0.3

    func read(_ image: Image) -> Reading {
        guard let ink = InkFinder(color: options.inkColor).ink(of: image) else {
            return refused(
                image, .blank, "There is nothing but paper; a darker pen or more light would help.",
                steps: Steps(of: image, options))
        }
        var steps = Steps(of: image, options)
        steps.add(.ink) { [ink.plane.inkImage] }
        return options.layout == .digit
            ? readDigit(image, ink, steps) : readLines(image, ink, steps)
    }

    private func refused(
        _ image: Image, _ kind: Reading.Refusal.Kind, _ reason: String, steps: Steps
    ) -> Reading {
        Reading(
            width: image.width, height: image.height, lines: [],
            refusal: Reading.Refusal(kind: kind, reason: reason), steps: steps.all)
    }
}

// MARK: - One digit

extension PictureReader {
    private func readDigit(_ image: Image, _ ink: Ink, _ steps: Steps) -> Reading {
        var steps = steps
        guard let digit = SingleDigit(in: ink) else {
            return refused(
                image, .noDigits, "There are only specks; write larger or take the picture from nearer by.",
                steps: steps)
        }
        steps.add(.digits) { [digit.image] }
        guard let prediction = try? networks.digits.predict(digit.image) else {
            preconditionFailure("A reader's network takes what the preparation makes.")
        }
        let doubt = DigitDoubt(prediction) {
            StripFinder(isOneLine: true).strips(of: ink).flatMap {
                NumberDecoder().digits(networks.numbers.probabilities($0.plane))
            }
        }
        if let refusal = doubt?.refusal {
            return refused(image, refusal.kind, refusal.reason, steps: steps)
        }
        let box = PixelBox(
            Area(digit.box).scaled(by: 1 / ink.scale), width: image.width, height: image.height)
        let read = Reading.Digit(
            value: prediction.label, confidence: Double(prediction.confidence), box: box,
            probabilities: prediction.probabilities)
        return Reading(
            width: image.width, height: image.height,
            lines: [Reading.Line(digits: [read], confidence: read.confidence, box: box, angle: 0)],
            refusal: nil, steps: steps.all)
    }
}

// MARK: - Numbers

extension PictureReader {
    /// The lines as a turn of the picture shows them, with what the reading took.
    private struct Turned {
        let turns: QuarterTurns
        let strips: [LineStrip]
        let lines: [Reading.Line]

        var digits: [Reading.Digit] { lines.flatMap(\.digits) }
        var evidence: Double { lines.evidence }
        var isSure: Bool {
            !digits.isEmpty && digits.reduce(0) { $0 + $1.confidence } >= sure * Double(digits.count)
        }
    }

    private func readLines(_ image: Image, _ ink: Ink, _ steps: Steps) -> Reading {
        var best = read(image, ink, turns: 0)
        // Few pictures stand on their side.
        if !best.isSure {
            for turns in 1...3 {
                let other = read(image, ink, turns: turns)
                if other.evidence > best.evidence + 0.5 { best = other }
            }
        }
        var steps = steps
        steps.add(.strips) { best.strips.map(\.plane.inkImage) }
        guard !best.lines.isEmpty else {
            return refused(
                image, .noDigits, "There is ink, but nothing in it looks like a digit.", steps: steps)
        }
        return Reading(
            width: image.width, height: image.height, lines: best.lines, refusal: nil, steps: steps.all)
    }

    private func read(_ image: Image, _ ink: Ink, turns count: Int) -> Turned {
        let turns = QuarterTurns(count, of: ink.plane)
        let turned = count == 0 ? ink : ink.turned(turns)
        let strips = StripFinder(isOneLine: options.layout == .line).strips(of: turned)
        let decoder = NumberDecoder(lengths: options.lengths)
        var used: [LineStrip] = []
        var lines: [Reading.Line] = []
        for strip in strips {
            let digits = decoder.digits(networks.numbers.probabilities(strip.plane)).filter {
                Double($0.confidence) >= Self.leastConfidence
            }
            guard !digits.isEmpty, options.lengths?.contains(digits.count) ?? true else { continue }
            used.append(strip)
            lines.append(line(digits, in: strip, turns, scale: ink.scale, image))
        }
        return Turned(turns: turns, strips: used, lines: lines)
    }

    private func line(
        _ digits: [NumberDecoder.Digit], in strip: LineStrip, _ turns: QuarterTurns, scale: Double,
        _ image: Image
    ) -> Reading.Line {
        let middles = digits.map { $0.middle * Double(NumberDecoder.columnWidth) }
        let boxes = strip.areas(ofDigitsAt: middles).map { area in
            let corners = area.corners.map { corner in
                let place = strip.source(row: corner.row, column: corner.column)
                return turns.source(row: place.row, column: place.column)
            }
            return PixelBox(
                Area(around: corners).scaled(by: 1 / scale), width: image.width, height: image.height)
        }
        let read = zip(digits, boxes).map { digit, box in
            Reading.Digit(
                value: digit.value, confidence: Double(digit.confidence), box: box,
                probabilities: Array(digit.probabilities[..<10]))
        }
        let angle = Double.atan(strip.line.slope) * 180 / Double.pi - Double(turns.count) * 90
        return Reading.Line(
            digits: read, confidence: read.reduce(1) { $0 * $1.confidence },
            box: boxes.dropFirst().reduce(boxes[0]) { $0.union($1) },
            angle: angle <= -180 ? angle + 360 : angle)
    }
}

extension [Reading.Line] {
    /// How much speaks for it that these are digits: each counts by how much more likely than not it is.
    fileprivate var evidence: Double { flatMap(\.digits).reduce(0) { $0 + $1.confidence - 0.5 } }
}

extension Reading {
    /// How much speaks for it that this is the right reading.
    var evidence: Double { lines.evidence }

    /// The same of a picture of another size.
    func scaled(by scale: Double) -> Reading {
        let (width, height) = (
            Int((Double(width) * scale).rounded()), Int((Double(height) * scale).rounded())
        )
        func box(_ box: PixelBox) -> PixelBox {
            PixelBox(Area(box).scaled(by: scale), width: width, height: height)
        }
        return Reading(
            width: width, height: height,
            lines: lines.map { line in
                Line(
                    digits: line.digits.map {
                        Digit(
                            value: $0.value, confidence: $0.confidence, box: box($0.box),
                            probabilities: $0.probabilities)
                    }, confidence: line.confidence, box: box(line.box), angle: line.angle)
            }, refusal: refusal, steps: steps)
    }
}

/// The steps of a reading, as far as they are asked for.
private struct Steps {
    private(set) var all: [ReadingStep] = []
    private let isKept: Bool

    init(of image: Image, _ options: ReadingOptions) {
        isKept = options.keepsSteps
        add(.picture) { [image] }
    }

    mutating func add(_ kind: ReadingStep.Kind, _ images: () -> [Image]) {
        if isKept { all.append(ReadingStep(kind: kind, images: images())) }
    }
}
