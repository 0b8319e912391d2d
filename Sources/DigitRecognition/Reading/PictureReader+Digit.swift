import Imaging
import PictureReading

/// One digit.
extension PictureReader {
    func readDigit(_ image: Image, _ ink: Ink, _ steps: ReadingSteps) -> Reading {
        var steps = steps
        guard let digit = SingleDigit(in: ink) else {
            return refused(
                image, .noDigits, "There are only specks; write larger or take the picture from nearer by.",
                steps: steps)
        }
        guard
            let look = try? DigitLook(
                at: digit, of: image, scale: ink.scale, color: options.inkColor, by: networks.digits,
                knowsDamage: networks.refusesDoubtful)
        else { preconditionFailure("A reader's network takes what the preparation makes.") }
        let prediction = look.prediction
        steps.add(digit, seen: look.image)
        let doubt = networks.refusesDoubtful ? DigitDoubt(prediction) { numbers(in: ink).map(\.digit) } : nil
        if let refusal = (doubt ?? several(beside: digit, ink))?.refusal {
            return refused(image, refusal.kind, refusal.reason, steps: steps)
        }
        let box = PixelBox(look.box, width: image.width, height: image.height)
        let read = Reading.Digit(
            value: prediction.label, confidence: Double(prediction.confidence), box: box,
            probabilities: prediction.probabilities)
        return Reading(
            width: image.width, height: image.height,
            lines: [Reading.Line(digits: [read], confidence: read.confidence, box: box, angle: 0)],
            refusal: nil, steps: steps.all)
    }

    /// The digits that there are if the picture is read as one number.
    private func numbers(in ink: Ink) -> [DigitDoubt.PlacedDigit] {
        StripFinder(isOneLine: true).strips(of: ink).flatMap { strip in
            let digits = NumberDecoder().digits(networks.numbers.probabilities(strip.plane))
            let areas = strip.areas(
                ofDigitsAt: digits.map { $0.middle * Double(NumberDecoder.columnWidth) })
            return zip(digits, areas).map { digit, area in
                let corners = area.corners.map { strip.source(row: $0.row, column: $0.column) }
                return DigitDoubt.PlacedDigit(digit: digit, area: Area(around: corners))
            }
        }
    }

    /// The doubt about a digit beside which another may stand. Few have any such ink beside them, and only those are looked at twice.
    private func several(beside digit: SingleDigit, _ ink: Ink) -> DigitDoubt? {
        let least = DigitDoubt.leastHeight * Double(digit.box.height)
        guard digit.others.contains(where: { Double($0.height) >= least }) else { return nil }
        return DigitDoubt(digitIn: Area(digit.box), among: numbers(in: ink))
    }
}
