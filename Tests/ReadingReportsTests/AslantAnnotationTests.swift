import DigitRecognition
import Figures
import Foundation
import Imaging
import ReadingReports
import TestSupport
import Testing

/// Outlines and labels of lines that stand aslant, and of rows that are near each other.
@Suite struct AslantAnnotationTests {
    private static let (width, height) = (20.0, 40.0)

    /// The corners of a digit's upright rectangle, turned around a place.
    private func corners(around x: Double, _ y: Double, angle: Double) -> [Point] {
        let (cosine, sine) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
        return [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { u, v in
            let (along, down) = (u * Self.width, v * Self.height)
            return Point(x: x + cosine * along - sine * down, y: y + sine * along + cosine * down)
        }
    }

    /// Digits of 20×40 in a line through a place.
    private func line(_ count: Int, from x: Double, _ y: Double, angle: Double, pitch: Double = 44)
        -> Reading.Line
    {
        let (cosine, sine) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
        let digits = (0..<count).map { index in
            let way = Double(index) * pitch
            let corners = corners(around: x + cosine * way, y + sine * way, angle: angle)
            let (left, right) = (corners.map(\.x).min()!, corners.map(\.x).max()!)
            let (top, bottom) = (corners.map(\.y).min()!, corners.map(\.y).max()!)
            let box = PixelBox(
                left: Int(left.rounded()), top: Int(top.rounded()), width: Int((right - left).rounded()),
                height: Int((bottom - top).rounded()))
            return Reading.Digit(
                value: 4, confidence: 0.97, box: box, probabilities: [Float](repeating: 0.1, count: 10))
        }
        return Reading.Line(digits: digits, confidence: 0.9, box: digits[0].box, angle: angle)
    }

    private func drawing(_ lines: [Reading.Line]) throws -> MarkupNode {
        let reading = Reading(width: 800, height: 600, lines: lines)
        return try MarkupNode.parse(
            Figure.reading(reading, over: Readings.blank(height: 600, width: 800)).svg())
    }

    /// The outlines, without what is white below them.
    private func outlines(_ document: MarkupNode) -> [[Point]] {
        document.elements("polygon").enumerated().filter { $0.offset % 2 == 1 }.map { _, polygon in
            (polygon.attributes["points"] ?? "").split(separator: " ").map { pair in
                let parts = pair.split(separator: ",").compactMap { Double($0) }
                return Point(x: parts[0], y: parts[1])
            }
        }
    }

    /// The grounds of the labels.
    private func labels(_ document: MarkupNode) -> [Rectangle] {
        document.elements("g").compactMap { $0.elements("rect").first }.map { ground in
            func number(_ name: String) -> Double { Double(ground.attributes[name] ?? "") ?? .nan }
            return Rectangle(
                x: number("x"), y: number("y"), width: number("width"), height: number("height"))
        }
    }

    /// How much of an outline a label covers, a share.
    private func coverage(_ outline: [Point], by label: Rectangle) -> Double {
        let steps = 20
        var covered = 0
        for row in 0..<steps {
            for column in 0..<steps {
                let (u, v) = ((Double(column) + 0.5) / Double(steps), (Double(row) + 0.5) / Double(steps))
                let x = outline[0].x + u * (outline[1].x - outline[0].x) + v * (outline[3].x - outline[0].x)
                let y = outline[0].y + u * (outline[1].y - outline[0].y) + v * (outline[3].y - outline[0].y)
                if label.x...label.maxX ~= x && label.y...label.maxY ~= y { covered += 1 }
            }
        }
        return Double(covered) / Double(steps * steps)
    }

    @Test(arguments: [-40.0, -25, -10, 10, 25, 35, 65, 115, -155])
    func outlinesAreTurned(angle: Double) throws {
        let document = try drawing([line(1, from: 400, 300, angle: angle)])
        let photo = try #require(document.elements("image").first)
        let x = try #require(Double(photo.attributes["x"] ?? "")),
            y = try #require(Double(photo.attributes["y"] ?? ""))
        let found = try #require(outlines(document).first)
        for (corner, truth) in zip(found, corners(around: 400, 300, angle: angle)) {
            // Rectangles of whole pixels tell little near 45 degrees.
            let slack = abs(angle) == 40 ? 6.0 : 2
            #expect(abs(corner.x - x - truth.x) < slack && abs(corner.y - y - truth.y) < slack, "\(found)")
        }
    }

    @Test(arguments: [0.0, 5, -5, 12, 25, -25, 40, -40, 65, 90, -90, 115, 155, 180])
    func labelsCoverNoDigitOfTheirLine(angle: Double) throws {
        let document = try drawing([line(4, from: 400, 300, angle: angle)])
        let (digits, grounds) = (outlines(document), labels(document))
        #expect(digits.count == 4 && grounds.count == 4)
        for outline in digits {
            for label in grounds { #expect(coverage(outline, by: label) == 0, "\(outline) \(label)") }
        }
        for (index, label) in grounds.enumerated() {
            for other in grounds[(index + 1)...] {
                let isApart =
                    label.maxX <= other.x + 0.5 || other.maxX <= label.x + 0.5 || label.maxY <= other.y + 0.5
                    || other.maxY <= label.y + 0.5
                #expect(isApart, "\(label) \(other)")
            }
        }
    }

    /// Rows with so many points between them: labels are small enough to leave the row above to be seen.
    @Test(arguments: [30.0, 15, 8])
    func labelsFitBetweenRows(gap: Double) throws {
        for angle in [0.0, 25, -90] {
            let (cosine, sine) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
            let lines = (0..<3).map { row in
                let way = Double(row) * (Self.height + gap)
                return line(5, from: 300 - sine * way, 250 + cosine * way, angle: angle)
            }
            let document = try drawing(lines)
            for outline in outlines(document) {
                let most = labels(document).map { coverage(outline, by: $0) }.max() ?? 0
                // The smallest label that can be read needs more than 8 points.
                #expect(most <= (gap > 8 ? 0 : 0.1), "\(angle): \(most)")
            }
        }
    }
}
