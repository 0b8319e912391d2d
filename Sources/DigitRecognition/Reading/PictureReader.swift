import Compute
import Imaging
import PictureReading

/// Reads one picture.
struct PictureReader {
    let networks: ReaderNetworks
    let options: ReadingOptions

    /// A line whose digits are less likely than this in the mean is none.
    private static let leastConfidence = 0.5
    /// The most lines that are read, those with the most ink: noise has more. Other turns are tried of a page's, not of noise.
    private static let mostLines = (read: 300, turned: 100)

    func read(_ image: Image) -> Reading {
        var steps = ReadingSteps(of: image, options)
        guard let ink = InkFinder(color: options.inkColor).ink(of: image) else {
            return refused(image, .blank, blankness(of: image), steps: steps)
        }
        steps.add(ink, of: image)
        return options.layout == .digit
            ? readDigit(image, ink, steps) : readLines(image, ink, steps)
    }

    /// Why there is no ink.
    private func blankness(of image: Image) -> String {
        if let color = options.inkColor {
            let other = color == .dark ? InkColor.light : .dark
            if InkFinder(color: other).ink(of: image) != nil {
                return
                    "Nothing \(color.rawValue)er than its ground stands out as ink does, but there is \(other.rawValue) ink; "
                    + "let the ink's colour be found, or give the other one."
            }
        }
        return
            "Nothing stands out from its ground as ink does; give a picture of clear strokes on an even ground."
    }

    /// A reading of nothing.
    func refused(
        _ image: Image, _ kind: Reading.Refusal.Kind, _ reason: String, steps: ReadingSteps
    ) -> Reading {
        Reading(
            width: image.width, height: image.height, lines: [],
            refusal: Reading.Refusal(kind: kind, reason: reason), steps: steps.all)
    }
}

// MARK: - Numbers

extension PictureReader {
    /// The lines as a turn of the picture shows them, with what the reading took.
    private struct Turned {
        let ink: Ink
        /// Lines that were found, read or not.
        let lineCount: Int
        let strips: [LineStrip]
        /// The rectangle around each digit, in its strip.
        let areas: [[Area]]
        let lines: [Reading.Line]
    }

    private var finder: StripFinder { StripFinder(isOneLine: options.layout == .line) }

    private func readLines(_ image: Image, _ ink: Ink, _ steps: ReadingSteps) -> Reading {
        var best = read(image, ink, turns: 0)
        // What stands there speaks for this way up, whatever length is asked for.
        let upright =
            options.lengths == nil || best.lines.isSure
            ? best.lines : anyLength.read(image, ink, turns: 0).lines
        // Few pictures stand on their side.
        if !upright.isSure, best.lineCount <= Self.mostLines.turned {
            var evidence = max(best.lines.evidence, upright.evidence)
            // One line in a picture that is wider than high is level, if perhaps on its head.
            let isLevel = options.layout == .line && image.width > image.height
            let lead = isLevel && !upright.isEmpty ? [Reading.Line].leadOfHead : [Reading.Line].clearLead
            for turns in isLevel ? [2] : [1, 2, 3] {
                let other = read(image, ink, turns: turns)
                if other.lines.evidence > evidence + lead {
                    best = other
                    evidence = other.lines.evidence
                }
            }
        }
        var steps = steps
        steps.add(best.strips, areas: best.areas, of: best.ink, with: finder)
        guard !best.lines.isEmpty else {
            return refused(image, .noDigits, absence, steps: steps)
        }
        return Reading(
            width: image.width, height: image.height, lines: best.lines, refusal: nil, steps: steps.all)
    }

    /// The same for numbers of any length.
    private var anyLength: PictureReader {
        var options = options
        options.lengths = nil
        return PictureReader(networks: networks, options: options)
    }

    /// Why there are no lines.
    private var absence: String {
        guard let lengths = options.lengths else {
            return "There is ink, but nothing in it looks like a digit."
        }
        let (fewest, most) = (lengths.lowerBound, lengths.upperBound)
        let count = fewest == most ? "\(fewest)" : most == .max ? "\(fewest) or more" : "\(fewest) to \(most)"
        return "There is ink, but no number of \(count) digit\(most == 1 ? "" : "s"); "
            + "read it for any length to see what there is."
    }

    private func read(_ image: Image, _ ink: Ink, turns count: Int) -> Turned {
        let turns = QuarterTurns(count, of: ink.plane)
        let turned = ink.turned(turns)
        let strips = finder.strips(of: turned, atMost: Self.mostLines.read)
        var used: [LineStrip] = []
        var areas: [[Area]] = []
        var lines: [Reading.Line] = []
        for strip in strips {
            guard let number = number(in: strip) else { continue }
            let digits = number.digits
            used.append(strip)
            areas.append(
                strip.areas(ofDigitsAt: digits.map { $0.middle * Double(NumberDecoder.columnWidth) }))
            lines.append(line(number, at: areas[areas.count - 1], in: strip, turns, scale: ink.scale, image))
        }
        return Turned(ink: turned, lineCount: strips.count, strips: used, areas: areas, lines: lines)
    }

    /// The number of a strip; nil where it is none, or none of the lengths asked for.
    private func number(in strip: LineStrip) -> NumberDecoder.Number? {
        let number = NumberDecoder(lengths: options.lengths).number(
            networks.numbers.probabilities(strip.plane))
        let sum = number.digits.reduce(0) { $0 + Double($1.confidence) }
        return number.digits.isEmpty || sum < Self.leastConfidence * Double(number.digits.count)
            ? nil : number
    }

    private func line(
        _ number: NumberDecoder.Number, at areas: [Area], in strip: LineStrip, _ turns: QuarterTurns,
        scale: Double, _ image: Image
    ) -> Reading.Line {
        let boxes = areas.map { area in
            let corners = area.corners.map { corner in
                let place = strip.source(row: corner.row, column: corner.column)
                return turns.source(row: place.row, column: place.column)
            }
            return PixelBox(
                Area(around: corners).scaled(by: 1 / scale), width: image.width, height: image.height)
        }
        let read = zip(number.digits, boxes).map { digit, box in
            Reading.Digit(
                value: digit.value, confidence: Double(digit.confidence), box: box,
                probabilities: Array(digit.probabilities[..<10]))
        }
        let angle = strip.line.angle * 180 / Double.pi - Double(turns.count) * 90
        return Reading.Line(
            digits: read,
            confidence: read.reduce(Double(number.completeness)) { $0 * $1.confidence },
            box: boxes.dropFirst().reduce(boxes[0]) { $0.union($1) },
            angle: angle <= -180 ? angle + 360 : angle)
    }
}
