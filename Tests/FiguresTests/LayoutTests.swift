import Figures
import TestSupport
import Testing

/// What holds for every figure in every state.
@Suite struct LayoutTests {
    static let names = SampleFigures.all.map(\.name)

    private func figure(_ name: String) throws -> Figure {
        try #require(SampleFigures.all.first { $0.name == name }).figure
    }

    /// A figure's layout for pages, and the one for phones where it has one.
    private func layouts(_ name: String) throws -> [Drawing] {
        let figure = try figure(name)
        return [figure.drawing] + (figure.narrowDrawing.map { [$0] } ?? [])
    }

    @Test(arguments: names) func noTextIsOutsideTheFigure(name: String) throws {
        for drawing in try layouts(name) {
            let page = Rectangle(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
            for text in try SVGNode.parse(drawing).elements("text") {
                let box = try text.box()
                #expect(page.contains(box), "'\(text.text)' at \(box) is outside of \(page)")
            }
        }
    }

    @Test(arguments: names) func noTwoTextsOverlap(name: String) throws {
        for drawing in try layouts(name) {
            let texts = try SVGNode.parse(drawing).elements("text")
            let boxes = try texts.map { try $0.box() }
            for first in texts.indices {
                for second in texts.indices where first < second && boxes[first].overlaps(boxes[second]) {
                    Issue.record(
                        "'\(texts[first].text)' and '\(texts[second].text)' overlap at \(drawing.size.width)")
                }
            }
        }
    }

    @Test(arguments: names) func noTextLiesOnAnImage(name: String) throws {
        for drawing in try layouts(name) {
            let document = try SVGNode.parse(drawing)
            let images = try document.elements("image").map { try $0.box() }
            for text in document.elements("text") {
                let box = try text.box()
                #expect(!images.contains { $0.overlaps(box) }, "'\(text.text)' lies on a picture")
            }
        }
    }

    /// Letters are 9 points high or more, and a phone of 360 pixels shows them no smaller than they are drawn.
    @Test(arguments: names) func narrowLayoutsFitAPhone(name: String) throws {
        let figure = try figure(name)
        let width = figure.narrowDrawing?.size.width ?? figure.drawing.size.width
        let isUnbreakable = ["confusion-26", "confusion-large", "confusion-words", "scores-words"].contains(
            name)
        #expect(width <= (isUnbreakable ? 750 : 345), "\(width)")
    }

    @Test(arguments: names) func everyFigureHasATextAlternativeAndATable(name: String) throws {
        let figure = try figure(name)
        let document = try SVGNode.parse(figure)
        #expect(document.name == "svg")
        #expect(document.attributes["role"] == "img")
        let named = document.attributes["aria-labelledby"]?.split(separator: " ").map(String.init)
        #expect(named == document.children.prefix(2).compactMap { $0.attributes["id"] })
        #expect(document.children.prefix(2).map(\.name) == ["title", "desc"])
        #expect(document.children[0].text == figure.title && !figure.title.isEmpty)
        #expect(document.children[1].text == figure.description && figure.description.hasSuffix("."))
        #expect(figure.table.header.count > 1)
        #expect(!figure.svg().contains("nan") && !figure.svg().contains("inf"))
    }
}
