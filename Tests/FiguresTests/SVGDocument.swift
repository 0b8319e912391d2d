import Figures
import TestSupport
import Testing

/// An element of an SVG.
typealias SVGNode = MarkupNode

extension MarkupNode {
    /// The group whose title is `title`.
    func group(_ title: String) throws -> SVGNode {
        try #require(
            elements("g").first { $0.children.first?.name == "title" && $0.children.first?.text == title },
            "no group is called '\(title)'")
    }

    /// An attribute as a number.
    func number(_ attribute: String) throws -> Double {
        try #require(attributes[attribute].flatMap(Double.init), "\(name) has no number \(attribute)")
    }

    /// The texts that are seen.
    var texts: [String] { elements("text").map(\.text) }

    /// The points of a `polyline` or `polygon`.
    var points: [Point] {
        (attributes["points"] ?? "").split(separator: " ").map { pair in
            let parts = pair.split(separator: ",").compactMap { Double($0) }
            return Point(x: parts[0], y: parts[1])
        }
    }

    /// The sides of a `rect` or `image`, or the room that a `text` needs.
    func box() throws -> Rectangle {
        guard name == "text" else {
            return try Rectangle(
                x: number("x"), y: number("y"), width: number("width"), height: number("height"))
        }
        let size = try number("font-size")
        let width = TextMetrics.width(of: text, size: size, isBold: attributes["font-weight"] == "bold")
        let shares: [String: Double] = ["middle": -0.5, "end": -1]
        let start = width * (shares[attributes["text-anchor"] ?? ""] ?? 0)
        let x = try number("x")
        let y = try number("y")
        let ascent = TextMetrics.capitalHeight * size
        let height = ascent + 0.2 * size
        if attributes["transform"] != nil {
            // It runs upwards from its point.
            return Rectangle(x: x - ascent, y: y - start - width, width: height, height: width)
        }
        return Rectangle(x: x + start, y: y - ascent, width: width, height: height)
    }

    /// Parses the SVG of a figure.
    static func parse(_ figure: Figure) throws -> SVGNode { try parse(figure.svg()) }
    static func parse(_ drawing: Drawing) throws -> SVGNode { try parse(drawing.svg()) }
}

extension Rectangle {
    /// Whether this rectangle and another share an area, apart from a touch of half a point.
    func overlaps(_ other: Rectangle) -> Bool {
        min(maxX, other.maxX) - max(x, other.x) > 0.5 && min(maxY, other.maxY) - max(y, other.y) > 0.5
    }

    /// Whether another rectangle lies inside this one.
    func contains(_ other: Rectangle) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
    }
}
