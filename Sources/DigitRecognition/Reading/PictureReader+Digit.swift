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
        let look = look(at: digit, of: image)
        let prediction = look.prediction
        steps.add(digit, seen: look.image)
        let doubt = networks.refusesDoubtful ? DigitDoubt(prediction) { numbers(in: ink).map(\.digit) } : nil
        if let refusal = (doubt ?? several(beside: digit, ink))?.refusal {
            return refused(image, refusal.kind, refusal.reason, steps: steps)
        }
        let box = PixelBox(
            Area(look.box).scaled(by: 1 / ink.scale), width: image.width, height: image.height)
        let read = Reading.Digit(
            value: prediction.label, confidence: Double(prediction.confidence), box: box,
            probabilities: prediction.probabilities)
        return Reading(
            width: image.width, height: image.height,
            lines: [Reading.Line(digits: [read], confidence: read.confidence, box: box, angle: 0)],
            refusal: nil, steps: steps.all)
    }

    /// How the network saw a digit.
    private struct Look {
        /// 28×28.
        let image: Image
        let prediction: Prediction
        /// The rectangle that was looked at, in the ink's plane.
        let box: PixelBox
    }

    /// From this confidence on a small picture is not looked at as it is.
    private static let sure: Float = 0.9

    /// The digit as the preparation made it, or, of a small picture where that is not sure, all that there is if that is surer.
    private func look(at digit: SingleDigit, of image: Image) -> Look {
        let prepared = Look(
            image: digit.image, prediction: prediction(ofViews: digit.views), box: digit.box)
        guard networks.refusesDoubtful, prepared.prediction.confidence < Self.sure,
            let whole = DigitImage.asItIs(image)
        else { return prepared }
        let prediction = prediction(ofViews: [whole])
        guard prediction.confidence > prepared.prediction.confidence else { return prepared }
        let plane = digit.unframed
        return Look(
            image: whole, prediction: prediction,
            box: PixelBox(left: 0, top: 0, width: plane.width, height: plane.height))
    }

    private func prediction(ofViews views: [Image]) -> Prediction {
        guard let prediction = try? networks.digits.prediction(ofViews: views) else {
            preconditionFailure("A reader's network takes what the preparation makes.")
        }
        return prediction
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
