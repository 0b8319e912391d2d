import Figures
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An SVG as a tree, read by a parser of XML.
final class SVGNode {
    let name: String
    let attributes: [String: String]
    fileprivate(set) var children: [SVGNode] = []
    fileprivate(set) var text = ""

    fileprivate init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// This element and all below it, in the document's order.
    var all: [SVGNode] { [self] + children.flatMap(\.all) }

    /// All elements of a name.
    func elements(_ name: String) -> [SVGNode] { all.filter { $0.name == name } }

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

    /// Parses a document; a fault of the XML is a failure of the test.
    static func parse(_ text: String) throws -> SVGNode {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "not XML: \(String(describing: parser.parserError))")
        return try #require(reader.root)
    }

    /// Parses the SVG of a figure.
    static func parse(_ figure: Figure) throws -> SVGNode { try parse(figure.svg()) }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: SVGNode?
        private var open: [SVGNode] = []

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String] = [:]
        ) {
            let node = SVGNode(name: elementName, attributes: attributes)
            if let parent = open.last { parent.children.append(node) } else { root = node }
            open.append(node)
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
            qualifiedName: String?
        ) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            open.last?.text += string
        }
    }
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
