import DigitRecognition
import Figures
import Foundation
import Imaging
import ReadingReports
import TestSupport
import Testing

/// The digits over their picture.
@Suite struct AnnotatedPictureTests {
    private func drawing(_ reading: Reading, _ image: Image) throws -> MarkupNode {
        try MarkupNode.parse(Figure.reading(reading, over: image).svg())
    }

    private func texts(_ node: MarkupNode) -> [String] { node.elements("text").map(\.text) }

    /// The corners of a polygon, without the margin around the photo.
    private func corners(_ polygon: MarkupNode, in document: MarkupNode) throws -> [Point] {
        let photo = try #require(document.elements("image").first)
        let x = try #require(Double(photo.attributes["x"] ?? "")),
            y = try #require(Double(photo.attributes["y"] ?? ""))
        return (polygon.attributes["points"] ?? "").split(separator: " ").map { pair in
            let parts = pair.split(separator: ",").compactMap { Double($0) }
            return Point(x: tenths(parts[0] - x), y: tenths(parts[1] - y))
        }
    }

    /// Files have hundredths.
    private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    @Test func everyDigitHasAFrameALabelAndItsConfidence() throws {
        let reading = Readings.line("742", pitch: 90)
        let document = try drawing(reading, Readings.blank(height: 200, width: 800))
        #expect(texts(document).filter { ["7", "4", "2"].contains($0) } == ["7", "4", "2"])
        #expect(texts(document).count { $0 == "97%" } == 3)
        #expect(texts(document).contains("Read: 742"))
        // A frame is its colour on white.
        let frames = document.elements("polygon")
        #expect(frames.count == 6)
        #expect(
            try corners(frames[1], in: document) == [
                Point(x: 10, y: 30), Point(x: 30, y: 30), Point(x: 30, y: 70), Point(x: 10, y: 70),
            ])
    }

    @Test func doubtfulDigitsAreMarkedByMoreThanColour() throws {
        let reading = Readings.line("742", confidences: [0.95, 0.6, 0.95], pitch: 90)
        let document = try drawing(reading, Readings.blank(height: 200, width: 800))
        let frames = document.elements("polygon")
        #expect(
            frames.map { $0.attributes["stroke-dasharray"] != nil } == [
                false, false, false, true, false, false,
            ])
        #expect(frames[3].attributes["stroke"] != frames[1].attributes["stroke"])
        #expect(texts(document).contains("4?") && texts(document).contains("60%"))
        #expect(texts(document).contains { $0.contains("less than 90% likely") })
    }

    @Test func noConfidenceIsRoundedUpToCertainty() throws {
        let reading = Readings.line("7", confidences: [0.99999])
        let figure = Figure.reading(reading, over: Readings.blank(height: 200, width: 800))
        #expect(texts(try MarkupNode.parse(figure.svg())).contains("99%"))
        #expect(figure.table.rows[0][2] == "99.99%")
    }

    /// Labels of neighbours do not lie over each other, however narrow the digits stand.
    @Test(arguments: [12, 16, 22, 30, 60, 120])
    func labelsDoNotOverlap(pitch: Int) throws {
        let reading = Readings.line("11111", confidences: [0.95, 0.5, 0.95, 0.95, 0.1], pitch: pitch)
        let document = try drawing(reading, Readings.blank(height: 200, width: 800))
        // Each label is a group with its ground first.
        let grounds = document.elements("g").compactMap { $0.elements("rect").first }
        let sides = grounds.map { ground in
            let number = { (name: String) in Double(ground.attributes[name] ?? "") ?? .nan }
            return (number("x"), number("x") + number("width"))
        }
        #expect(sides.count == 5)
        for (one, next) in zip(sides, sides.dropFirst()) { #expect(one.1 <= next.0 + 0.5, "\(sides)") }
    }

    @Test func aLabelAboveThePicturesEdgeHasRoom() throws {
        let digit = Reading.Digit(
            value: 5, confidence: 0.97, box: PixelBox(left: 0, top: 0, width: 28, height: 28),
            probabilities: [Float](repeating: 0.1, count: 10))
        let reading = Reading(
            width: 28, height: 28,
            lines: [Reading.Line(digits: [digit], confidence: 0.97, box: digit.box, angle: 0)])
        let document = try drawing(reading, Readings.blank(height: 28, width: 28))
        let label = try #require(document.elements("g").first?.elements("rect").first)
        #expect(try #require(Double(label.attributes["y"] ?? "")) >= 0)
        // The pixels of a small picture are enlarged.
        let photo = try #require(document.elements("image").first)
        #expect(
            photo.attributes["width"] == "700" && photo.attributes["style"] == "image-rendering:pixelated")
    }

    /// A line that falls by 10 in 100, and one that is read upwards: frames follow them.
    @Test func framesFollowTheirLine() throws {
        let falling = atan(0.1) * 180 / Double.pi
        // Around a digit of 20×40 whose top falls by 2.
        let tilted = Reading(
            width: 800, height: 200,
            lines: [line(PixelBox(left: 100, top: 50, width: 20, height: 42), angle: falling)])
        let image = Readings.blank(height: 200, width: 800)
        let document = try drawing(tilted, image)
        let corners = try corners(document.elements("polygon")[1], in: document)
        let expected = [(100.0, 50.0), (120, 52), (120, 92), (100, 90)]
        for (corner, place) in zip(corners, expected) {
            // Both are tenths, but for what binary numbers make of them.
            #expect(abs(corner.x - place.0) < 0.1 && abs(corner.y - place.1) < 0.1, "\(corners)")
        }

        let upwards = Reading(
            width: 800, height: 200,
            lines: [line(PixelBox(left: 100, top: 50, width: 40, height: 20), angle: -90)])
        let turned = try drawing(upwards, image)
        // From the digit's own upper left corner on: the picture's lower left one.
        #expect(
            try self.corners(turned.elements("polygon")[1], in: turned) == [
                Point(x: 100, y: 70), Point(x: 100, y: 50), Point(x: 140, y: 50), Point(x: 140, y: 70),
            ])
    }

    private func line(_ box: PixelBox, angle: Double) -> Reading.Line {
        let digit = Reading.Digit(
            value: 3, confidence: 0.97, box: box, probabilities: [Float](repeating: 0.1, count: 10))
        return Reading.Line(digits: [digit], confidence: 0.97, box: box, angle: angle)
    }

    @Test func aRefusalIsTheCaption() throws {
        let reading = Reading(
            width: 80, height: 60, lines: [],
            refusal: Reading.Refusal(kind: .blank, reason: "Nothing stands out."))
        let document = try drawing(reading, Readings.blank())
        #expect(texts(document) == ["Nothing read: no ink", "Nothing stands out."])
        #expect(document.elements("polygon").isEmpty)
    }

    @Test func largePhotosAreReducedAndKeepTheirColours() throws {
        let (height, width) = (1500, 3000)
        let pixels = (0..<height * width).flatMap {
            $0 % width < 1500 ? [255, 0, 0] : [0, 0, 255] as [UInt8]
        }
        let image = Image(height: height, width: width, channels: 3, pixels: pixels)
        let figure = Figure.reading(
            Readings.line("1", left: 2800, width: 3000, height: 1500), over: image)
        let elements = figure.drawing.elements
        guard case .image(let photo, let box)? = elements.first else {
            Issue.record("The photo is not the first: \(elements)")
            return
        }
        #expect(photo.width == 2000 && photo.height == 1000 && box.width == 2000)
        #expect(photo.colors[0] == RGBColor(red: 255, green: 0, blue: 0))
        #expect(photo.colors[1999] == RGBColor(red: 0, green: 0, blue: 255))
        let document = try MarkupNode.parse(figure.svg())
        #expect(try corners(document.elements("polygon")[1], in: document)[0].x == 1866.7)
    }

    @Test func theTableHasARowForEachDigit() {
        let figure = Figure.reading(Readings.line("74"), over: Readings.blank(height: 200, width: 800))
        #expect(
            figure.table.rows == [
                ["1", "7", "97.00%", "10", "30", "20", "40"], ["1", "4", "97.00%", "40", "30", "20", "40"],
            ])
        #expect(figure.title == "Read: 74")
        #expect(figure.description == "Confidence of the least certain digit: 97%.")
    }
}
