import Figures
import Files
import TestSupport
import Testing

@Suite struct DrawingFilesTests {
    /// A red square of 10 points in a drawing of 40×20.
    private let drawing = Drawing(
        size: Size(width: 40, height: 20), title: "square", description: "A square.",
        elements: [
            .rectangle(
                Rectangle(x: 5, y: 5, width: 10, height: 10),
                fill: .color(RGBColor(red: 255, green: 0, blue: 0)),
                border: nil),
            .image(
                Pixels(
                    width: 2, height: 1,
                    colors: [RGBColor(red: 0, green: 0, blue: 255), RGBColor(red: 0, green: 255, blue: 0)]),
                in: Rectangle(x: 20, y: 4, width: 10, height: 10)),
        ])

    @Test func pngHasTwoPixelsAPointAndTheRightColours() throws {
        let image = try PNGImage(drawing.data(.png))
        #expect((image.width, image.height) == (80, 40))
        #expect(image.color(0, 0) == [255, 255, 255])
        #expect(image.color(10, 10) == [255, 0, 0] && image.color(29, 29) == [255, 0, 0])
        #expect(image.color(9, 10) == [255, 255, 255] && image.color(30, 10) == [255, 255, 255])
    }

    @Test func pixelsOfAnImageAreSharp() throws {
        let image = try PNGImage(drawing.data(.png, scale: 4))
        for x in 80..<100 { #expect(image.color(x, 30) == [0, 0, 255], "at \(x)") }
        for x in 100..<120 { #expect(image.color(x, 30) == [0, 255, 0], "at \(x)") }
    }

    @Test func lettersAreDrawnWhereTheLayoutPutsThem() throws {
        let text = Drawing(
            size: Size(width: 100, height: 40), title: "t", description: "d",
            elements: [.text("HHHH", at: Point(x: 90, y: 30), TextStyle(size: 20, anchor: .end))])
        let image = try PNGImage(text.data(.png, scale: 1))
        let inked = (0..<40).flatMap { y in (0..<100).map { (x: $0, y: y) } }.filter {
            image.color($0.x, $0.y)[0] < 128
        }
        let left = 90 - TextMetrics.width(of: "HHHH", size: 20)
        #expect(!inked.isEmpty)
        #expect(inked.allSatisfy { Double($0.x) >= left - 1 && $0.x <= 90 && $0.y <= 30 && $0.y >= 14 })
        // As many strokes as four letters have.
        let row = (0..<100).map { image.color($0, 18)[0] < 128 }
        #expect(zip(row, row.dropFirst()).filter { !$0 && $1 }.count == 8)
    }

    @Test func pdfHasItsHeadItsSizeAndItsEnd() throws {
        let bytes = try drawing.data(.pdf)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1."))
        #expect(text.contains("/MediaBox [ 0 0 40 20 ]"))
        #expect(text.contains("/Title (square)"))
        #expect(text.hasSuffix("%%EOF\n"))
    }

    @Test(arguments: [
        ("a.png", [0x89, 0x50, 0x4E, 0x47]), ("b.PDF", [0x25, 0x50, 0x44, 0x46]),
        ("c.d.svg", [0x3C, 0x73, 0x76, 0x67]),
    ])
    func extensionChoosesTheFormat(name: String, signature: [UInt8]) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try drawing.write(to: folder.file(name))
        let bytes = try DurableFile.read(folder.file(name), maximumByteCount: 1 << 20)
        #expect(Array(bytes.prefix(4)) == signature)
        #expect(try folder.names == [name])
    }

    @Test(arguments: ["figure.jpg", "figure", "folder.png/figure", ".", "png", ""])
    func unknownExtensionIsRefusedBeforeAnythingIsDrawn(name: String) throws {
        let error = #expect(throws: FigureError.self) { try drawing.write(to: name) }
        #expect(error == .unknownExtension(path: name))
        #expect(
            error?.description
                == "Cannot tell the format of '\(name)': its name must end in .png, .svg or .pdf.")
    }

    @Test func folderThatDoesNotExistIsRefused() throws {
        let error = #expect(throws: FigureError.self) { try drawing.write(to: "/nowhere/at/all.svg") }
        guard case .file(let cause)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.reason == .notFound)
        #expect(error?.description == cause.description)
    }

    @Test func existingFileIsReplacedOnlyWhereThatIsAllowed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("a.svg")
        try DurableFile.write([1, 2, 3], to: path, replacing: false)
        let error = #expect(throws: FigureError.self) { try drawing.write(to: path, replacing: false) }
        guard case .file(let cause)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.reason == .alreadyExists)
        #expect(try DurableFile.read(path, maximumByteCount: 10) == [1, 2, 3])
        try drawing.write(to: path)
        #expect(try DurableFile.read(path, maximumByteCount: 1 << 20) == Array(drawing.svg().utf8))
    }

    @Test func drawingBeyondCairosLimitIsRefusedInASentence() throws {
        let wide = Drawing(size: Size(width: 20_000, height: 1), title: "t", description: "d", elements: [])
        let error = #expect(throws: FigureError.self) { try wide.data(.png) }
        #expect(error == .tooLarge(width: 40_000, height: 2))
        #expect(
            error?.description
                == "A picture of 40000×2 pixels is too large: the most is 32767 a side. Draw less at once, or write SVG or PDF."
        )
        #expect(try wide.data(.png, scale: 1).count > 0)
    }

    @Test func missingCairoIsSaidInOneSentenceWithTheCure() {
        let error = FigureError.cairoUnusable(reason: "Cairo is not installed: apt install libcairo2.")
        #expect(
            error.description
                == "PNG and PDF cannot be drawn, but SVG can. Cairo is not installed: apt install libcairo2.")
    }
}
