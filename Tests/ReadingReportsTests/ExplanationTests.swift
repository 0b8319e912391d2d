import DigitRecognition
import Figures
import Imaging
import ReadingReports
import TestSupport
import Testing

/// What speaks for the digits, over their picture.
@Suite struct ExplanationTests {
    private func figure(_ image: Image, _ layout: ReadingOptions.Layout) throws -> (Figure, Reading) {
        let reading = DigitReader.pretrained {
            $0.keepsSteps = true
            $0.layout = layout
        }.read(image)
        let figure = try Figure.explanation(of: reading, by: PretrainedModel.tiny.model(), named: "tiny")
        return (try #require(figure), reading)
    }

    private func photo(_ figure: Figure) throws -> Pixels {
        guard case .image(let pixels, _)? = figure.drawing.elements.first else {
            throw MissingPhoto()
        }
        return pixels
    }

    private struct MissingPhoto: Error {}

    /// Colours lie on the ink of the digit and near it, and nowhere else.
    @Test func coloursLieOnTheDigit() throws {
        let (figure, reading) = try figure(Readings.rings(1), .digit)
        let photo = try photo(figure)
        let scale = Double(photo.width) / Double(reading.width)
        let box = try #require(reading.lines.first?.box)
        var (inside, outside) = (0, 0)
        for row in 0..<photo.height {
            for column in 0..<photo.width {
                let color = photo.colors[row * photo.width + column]
                guard color.red != color.green || color.green != color.blue else { continue }
                let (x, y) = (Double(column) / scale, Double(row) / scale)
                // Colours reach 0.15 of the digit's 20×30 pixels beyond it, and to the end of a pixel: less than 6.
                let isNear =
                    x > Double(box.left) - 6 && x < Double(box.right) + 6 && y > Double(box.top) - 6
                    && y < Double(box.bottom) + 6
                if isNear { inside += 1 } else { outside += 1 }
            }
        }
        // Enlarged, the stroke of the ring has some 2,700 pixels; specks would be a few.
        #expect(inside > 100 && outside == 0, "\(inside) near the digit, \(outside) elsewhere")
        #expect(figure.description.contains("to the network 'tiny'"))
        #expect(!figure.description.contains("another network"))
        #expect(figure.table.rows.count == 1)
    }

    @Test func ofNumbersItSaysThatAnotherNetworkReadThem() throws {
        let (figure, reading) = try figure(Readings.rings(4), .line)
        #expect(figure.description.contains("read from whole lines by another network"))
        #expect(figure.table.rows.count == reading.lines.reduce(0) { $0 + $1.digits.count })
    }

    /// As in the picture that is annotated.
    @Test func doubtfulDigitsAreMarked() throws {
        let (sure, reading) = try figure(Readings.rings(1), .digit)
        #expect(!sure.description.contains("question mark"))
        let doubtful = try #require(
            try Figure.explanation(
                of: reading, by: PretrainedModel.tiny.model(), named: "tiny", minimumConfidence: 1))
        #expect(doubtful.description.contains("with a question mark: less than 100% likely to be right."))
        let drawing = try MarkupNode.parse(doubtful.svg())
        #expect(drawing.elements("polygon").contains { $0.attributes["stroke-dasharray"] != nil })
        #expect(drawing.elements("text").contains { $0.text == "\(reading.text)?" })
    }

    @Test func withoutDigitsItIsTheRefusal() throws {
        let (figure, _) = try figure(Readings.blank(), .digit)
        #expect(figure.title == "Nothing read: no ink")
        #expect(figure.table.rows.isEmpty)
    }

    @Test func withoutStepsThereIsNone() throws {
        let reading = DigitReader.pretrained().read(Readings.blank())
        let figure = try Figure.explanation(
            of: reading, by: PretrainedModel.tiny.model(), named: "tiny")
        #expect(figure == nil)
    }
}
