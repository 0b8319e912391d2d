import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An element of an SVG or of a page, read by a parser of XML.
package final class MarkupNode {
    package let name: String
    package let attributes: [String: String]
    package fileprivate(set) var children: [MarkupNode] = []
    /// The text of this element itself, without that of its children.
    package fileprivate(set) var text = ""

    fileprivate init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// This element and all below it, in the document's order.
    package var all: [MarkupNode] { [self] + children.flatMap(\.all) }

    /// All elements of a name.
    package func elements(_ name: String) -> [MarkupNode] { all.filter { $0.name == name } }

    /// All elements of a class.
    package func elements(ofClass name: String) -> [MarkupNode] {
        all.filter { ($0.attributes["class"] ?? "").split(separator: " ").contains(Substring(name)) }
    }

    /// The text of this element and of all below it.
    package var wholeText: String { all.map(\.text).joined() }

    /// Reads a document.
    /// - Throws: `Malformed` where it is not XML.
    package static func parse(_ document: String) throws -> MarkupNode {
        let reader = Reader()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw Malformed(
                description: "Line \(parser.lineNumber): \(String(describing: parser.parserError))")
        }
        return root
    }

    /// The document is not XML.
    package struct Malformed: Error, CustomStringConvertible {
        package let description: String
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: MarkupNode?
        private var open: [MarkupNode] = []

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String] = [:]
        ) {
            let node = MarkupNode(name: elementName, attributes: attributes)
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
