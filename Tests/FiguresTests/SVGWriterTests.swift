import Figures
import Foundation
import TestSupport
import Testing

@Suite struct SVGWriterTests {
    private func drawing(_ elements: Element..., title: String = "t") -> Drawing {
        Drawing(size: Size(width: 100, height: 50), title: title, description: "d", elements: elements)
    }

    @Test func whatXMLKeepsForItselfIsEscaped() throws {
        let text = "a < b & \"c\" > 'd' \u{7}\u{0}é→"
        let document = try SVGNode.parse(
            drawing(.text(text, at: Point(x: 1, y: 2), TextStyle()), title: text).svg(identifier: "<\"&"))
        #expect(document.texts == ["a < b & \"c\" > 'd' \u{FFFD}\u{FFFD}é→"])
        #expect(document.children[0].text == document.texts[0])
        #expect(document.children[0].attributes["id"] == "<\"&-title")
    }

    @Test func pageThemeLetsThePageChooseColoursAndHasNoBackground() throws {
        let shapes = drawing(
            .rectangle(Rectangle(x: 1, y: 2, width: 3, height: 4), fill: .blue, border: Stroke(.ink)),
            .circle(Point(x: 5, y: 5), radius: 2, fill: .color(RGBColor(0x0102FF)), border: nil))
        let page = try SVGNode.parse(shapes.svg(theme: .page))
        #expect(page.elements("rect").count == 1)
        #expect(
            page.elements("rect")[0].attributes["style"]
                == "fill:var(--figure-blue,#0072b2);stroke:var(--figure-ink,#1a1a1a);")
        #expect(page.elements("circle")[0].attributes["fill"] == "#0102ff")

        let file = try SVGNode.parse(shapes.svg())
        #expect(file.elements("rect").map { $0.attributes["fill"] } == ["#ffffff", "#0072b2"])
        #expect(file.elements("rect")[1].attributes["stroke"] == "#1a1a1a")
        #expect(file.elements("rect").allSatisfy { $0.attributes["style"] == nil })
    }

    @Test func aColourForEachSchemeIsTheLightOneInAFile() throws {
        let paint = Paint.scheme(light: RGBColor(0x0102FF), dark: RGBColor(0xFF0304))
        let shapes = drawing(.circle(Point(x: 5, y: 5), radius: 2, fill: paint, border: nil))
        let page = try SVGNode.parse(shapes.svg(theme: .page)).elements("circle")[0].attributes
        #expect(page["fill"] == "#0102ff" && page["style"] == "fill:light-dark(#0102ff,#ff0304);")
        let file = try SVGNode.parse(shapes.svg()).elements("circle")[0].attributes
        #expect(file["fill"] == "#0102ff" && file["style"] == nil)
    }

    @Test func imagesAreEmbeddedAsSmallPNGs() throws {
        let pixels = Pixels(
            width: 3, height: 2,
            colors: [0xFF0000, 0x00FF00, 0x0000FF, 0x123456, 0xFFFFFF, 0].map { RGBColor($0) })
        let box = Rectangle(x: 10, y: 5, width: 30, height: 20)
        let image = try SVGNode.parse(drawing(.image(pixels, in: box)).svg()).elements("image")[0]
        #expect(try image.box() == box)
        #expect(image.attributes["style"] == "image-rendering:pixelated")
        let parts = try #require(image.attributes["href"]).split(separator: ",")
        #expect(parts[0] == "data:image/png;base64")
        let decoded = try PNGImage(Array(#require(Data(base64Encoded: String(parts[1])))))
        #expect((decoded.width, decoded.height) == (3, 2))
        for (index, color) in pixels.colors.enumerated() {
            #expect(decoded.color(index % 3, index / 3) == [color.red, color.green, color.blue])
        }
    }

    @Test func greyImageNeedsOneByteAPixel() throws {
        let digit = SampleFigures.digit(3).pixels(.ink, over: 0...1)
        let bytes = PNGEncoder.encode(digit)
        #expect(bytes[25] == 0)
        // One byte a pixel is 784 bytes, of which half and more are paper, which is packed away.
        #expect(bytes.count < 400)
        let decoded = try PNGImage(bytes)
        #expect((0..<784).allSatisfy { decoded.color($0 % 28, $0 / 28)[0] == digit.colors[$0].red })
    }

    /// Photos are filtered: every byte comes back, in colour and in grey, at the edges too.
    @Test(arguments: [true, false])
    func photosKeepEveryPixel(isGrey: Bool) throws {
        let (width, height) = (211, 97)
        var state: UInt32 = 7
        let colors = (0..<width * height).map { place in
            state = state &* 1_664_525 &+ 1_013_904_223
            let noise = UInt8(state >> 28)
            let level = UInt8(place % width) &+ noise
            return isGrey
                ? RGBColor(red: level, green: level, blue: level)
                : RGBColor(red: level, green: UInt8(place / width) &+ noise, blue: 255 - noise)
        }
        let bytes = PNGEncoder.encode(Pixels(width: width, height: height, colors: colors))
        let decoded = try PNGImage(bytes)
        for (place, color) in colors.enumerated() {
            try #require(
                decoded.color(place % width, place / width) == [color.red, color.green, color.blue],
                "pixel \(place)")
        }
        // Of eight bits four are noise, which nothing packs; without filters the slope would not be packed either.
        #expect(bytes.count < width * height * (isGrey ? 1 : 3) * 8 / 10)
    }

    @Test func pixelsOfPhotosAreMixedAndThoseOfDigitsAreSharp() throws {
        let pixels = Pixels(
            width: 10, height: 10, colors: Array(repeating: RGBColor(red: 1, green: 2, blue: 3), count: 100))
        for (side, style) in [(10.0, nil), (11.0, "image-rendering:pixelated")] {
            let room = Rectangle(x: 0, y: 0, width: side, height: side)
            let image = try SVGNode.parse(drawing(.image(pixels, in: room)).svg()).elements("image")[0]
            #expect(image.attributes["style"] == style)
        }
    }

    @Test func movedElementsAreTheSameElsewhere() throws {
        let box = Rectangle(x: 1, y: 2, width: 3, height: 4)
        let points = [Point(x: 1, y: 2), Point(x: 5, y: 7)]
        let pixels = Pixels(width: 1, height: 1, colors: [RGBColor(red: 0, green: 0, blue: 0)])
        func elements(x: Double, y: Double) -> [Element] {
            let box = Rectangle(x: box.x + x, y: box.y + y, width: 3, height: 4)
            let points = points.map { Point(x: $0.x + x, y: $0.y + y) }
            let inner: [Element] = [
                .line(points, Stroke(.ink)), .polygon(points, fill: .blue, border: nil),
                .rectangle(box, fill: nil, border: Stroke(.ink)),
                .circle(points[0], radius: 2, fill: .ink, border: nil),
                .text("a", at: points[1], TextStyle()), .image(pixels, in: box),
            ]
            return inner + [.group(title: "g", clip: box, inner)]
        }
        #expect(elements(x: 0, y: 0).map { $0.moved(x: 10, y: -3) } == elements(x: 10, y: -3))
    }

    @Test func groupsHaveTitlesAndClipsOfTheirOwn() throws {
        let clip = Rectangle(x: 1, y: 2, width: 3, height: 4)
        let inner = Element.group(
            title: nil, clip: clip, [.line([Point(x: 0, y: 0), Point(x: 9, y: 9)], Stroke(.ink))])
        let document = try SVGNode.parse(
            drawing(.group(title: "both & all", clip: nil, [inner, inner])).svg(identifier: "f7"))
        let group = try document.group("both & all")
        let clips = group.elements("clipPath")
        #expect(clips.compactMap { $0.attributes["id"] } == ["f7-clip-1", "f7-clip-2"])
        #expect(
            group.elements("g").compactMap { $0.attributes["clip-path"] } == [
                "url(#f7-clip-1)", "url(#f7-clip-2)",
            ])
        #expect(try clips.allSatisfy { try $0.elements("rect")[0].box() == clip })
    }

    @Test func linesTextsAndPolygonsKeepTheirPlaces() throws {
        let points = [Point(x: 1.005, y: -2), Point(x: 3.14159, y: 4), Point(x: 100, y: 0.1)]
        let document = try SVGNode.parse(
            drawing(
                .line(points, Stroke(.green, width: 1.5, dashes: [4, 2.5])),
                .polygon(points, fill: .purple, border: nil),
                .text(
                    "up", at: Point(x: 7, y: 8),
                    TextStyle(size: 9, isBold: true, anchor: .middle, runsUpwards: true))
            ).svg())
        let line = document.elements("polyline")[0]
        // As a binary number 1.005 is a little less.
        #expect(line.attributes["points"] == "1,-2 3.14,4 100,0.1")
        #expect(line.attributes["stroke-dasharray"] == "4 2.5" && line.attributes["stroke-width"] == "1.5")
        #expect(line.attributes["fill"] == "none")
        #expect(document.elements("polygon")[0].points == line.points)
        let text = document.elements("text")[0]
        #expect(
            text.attributes["transform"] == "rotate(-90 7 8)" && text.attributes["text-anchor"] == "middle")
        #expect(text.attributes["font-weight"] == "bold" && text.attributes["font-size"] == "9")
    }
}
