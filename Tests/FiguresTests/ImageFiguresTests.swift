import Figures
import Foundation
import TestSupport
import Testing

/// The figures that are made of pictures.
@Suite struct ImageFiguresTests {
    private func pixels(_ image: SVGNode) throws -> PNGImage {
        let data = try #require(image.attributes["href"]).split(separator: ",")[1]
        return try PNGImage(Array(#require(Data(base64Encoded: String(data)))))
    }

    @Test func gridHasAnImageForEachCellAndMarksMistakesByMoreThanColour() throws {
        let cells = SampleFigures.cells(27)
        let figure = Figure.digitGrid(cells, columns: 9)
        let document = try SVGNode.parse(figure)
        let images = try document.elements("image").map { try $0.box() }
        #expect(images.count == 27)
        #expect(Set(images.map(\.x)).count == 9 && Set(images.map(\.y)).count == 3)
        for cell in cells {
            let group = try document.group("\(cell.caption), \(cell.note!)")
            #expect(group.texts == [cell.caption, cell.note!])
            let crosses = group.elements("polyline").count
            let isBold = group.elements("text")[0].attributes["font-weight"] == "bold"
            #expect(crosses == (cell.isMistake ? 2 : 0) && isBold == cell.isMistake)
        }
        #expect(figure.description == "27 pictures of digits with label and reading; 4 of them misread.")
        #expect(figure.table.rows[4] == ["5", "4", "5", "no", "#1484"])
    }

    @Test func imagesAreInkOnPaper() throws {
        let digit = ValueMap(width: 2, height: 1, bytes: [0, 255])
        let image = try SVGNode.parse(.digitGrid([DigitCell(image: digit)])).elements("image")[0]
        let png = try pixels(image)
        #expect(png.color(0, 0) == [255, 255, 255] && png.color(1, 0) == [0, 0, 0])
        // Pixels are square.
        #expect(try image.box().width == 2 * image.box().height)
    }

    @Test func galleryOfMistakesSaysWhatWasReadAndHowSurely() throws {
        let figure = Figure.worstMistakes(SampleFigures.mistakes(9))
        let document = try SVGNode.parse(figure)
        #expect(document.elements("image").count == 9)
        #expect(
            try document.group("2 → 5, 92.0% sure, picture 2026").texts == [
                "2 → 5", "92.0% sure", "picture 2026",
            ])
        #expect(figure.table.rows[2] == ["2026", "2", "5", "92.00%", "0.50%"])
    }

    @Test func emptyGallerySaysThatThereAreNoMistakes() throws {
        for figure in [Figure.worstMistakes([]), Figure.confusedPairs([])] {
            let document = try SVGNode.parse(figure)
            #expect(document.texts.contains("No mistakes: every picture was read right."))
            #expect(document.elements("image").isEmpty && document.elements("rect").count == 1)
            #expect(figure.description == "No mistakes." && figure.table.rows.isEmpty)
        }
    }

    @Test func normalizationSharesOneScale() throws {
        let sample = NormalizationSample(
            name: "a", before: ValueMap(width: 2, height: 1, values: [0, 1]),
            after: ValueMap(width: 2, height: 1, values: [-1, 0.5]))
        let document = try SVGNode.parse(.normalization([sample], method: "m"))
        let images = document.elements("image")
        #expect(images.count == 3)
        let before = try pixels(images[0])
        let after = try pixels(images[1])
        // From -1 (white) to 1 (black).
        #expect(before.color(1, 0) == [0, 0, 0] && after.color(0, 0) == [255, 255, 255])
        #expect(before.color(0, 0) == [127, 127, 127] || before.color(0, 0) == [128, 128, 128])
        #expect(after.color(1, 0) == [64, 64, 64])
        #expect(try document.group("Scale from -1 to 1").texts == ["-1", "0", "1"])
    }

    @Test func filtersAreSymmetricAboutZero() throws {
        let filter = ValueMap(width: 3, height: 1, values: [-0.5, 0, 2])
        let document = try SVGNode.parse(.filters([filter, filter]))
        #expect(document.elements("image").count == 3)
        let png = try pixels(document.elements("image")[0])
        #expect(png.color(1, 0) == [255, 255, 255])
        #expect(png.color(2, 0) == [0x7A, 0x2E, 0x00])
        #expect(png.color(0, 0)[2] > png.color(0, 0)[0])
        #expect(try document.group("Scale from -2 to 2").texts == ["-2", "0", "2"])
    }

    @Test func activationsHaveAMapForEachChannelOfEachLayer() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "activations" }).figure
        let document = try SVGNode.parse(figure)
        #expect(try document.group("Layer conv1 + ReLU + pool").elements("image").count == 64)
        #expect(try document.group("Layer dense2 + ReLU").elements("rect").count == 32)
        #expect(try document.group("Layer conv1 + ReLU + pool").texts.last == "13×13×64, 0 to 6")
        #expect(try document.group("Layer softmax").texts == ["softmax", "10, 0 to 0.97"])
        let colors = try document.group("Layer softmax").elements("rect").compactMap { $0.attributes["fill"] }
        #expect(colors.count == 10 && colors[3] == "#fee838" && colors[0] == "#00224e")
        #expect(figure.table.rows.last == ["softmax", "10", "0", "0.97", "7 of 10"])
    }

    @Test func saliencyHasTheImageAndAMapForEachMethod() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "saliency" }).figure
        let document = try SVGNode.parse(figure)
        // The picture, three maps and the scale.
        #expect(document.elements("image").count == 5)
        #expect(document.texts.contains("against 3") && document.texts.contains("for 3"))
        #expect(figure.table.rows.map { $0[0] } == ["gradient", "gradient × input", "integrated gradients"])
    }

    @Test func saliencyIsOrangeForAndBlueAgainstTheClass() throws {
        let image = ValueMap(width: 3, height: 1, values: [0, 0, 1])
        let map = SaliencyMap(method: "m", map: ValueMap(width: 3, height: 1, values: [-4, 4, 0]))
        let document = try SVGNode.parse(.saliency(over: image, maps: [map], className: "7"))
        let png = try pixels(document.elements("image")[1])
        #expect(png.color(0, 0) == [0x00, 0x3C, 0x6B] && png.color(1, 0) == [0x7A, 0x2E, 0x00])
        // Where the map says nothing, the digit's shadow is grey.
        let shadow = png.color(2, 0)
        #expect(Set(shadow).count == 1 && shadow[0] < 200 && shadow[0] > 100)
        #expect(document.texts.contains("±4"))
    }

    @Test func aMapWithoutNegativeValuesClaimsNone() throws {
        let image = ValueMap(width: 2, height: 1, values: [0, 1])
        let map = SaliencyMap(method: "m", map: ValueMap(width: 2, height: 1, values: [0, 0.78]))
        let texts = try SVGNode.parse(.saliency(over: image, maps: [map], className: "7")).texts
        #expect(texts.contains("0 to 0.78") && !texts.contains { $0.hasPrefix("±") })
    }

    @Test func gradCAMCoversTheImageWhateverItsSize() throws {
        let image = SampleFigures.map(28, 28) { _, _ in 0 }
        let heat = ValueMap(width: 2, height: 2, values: [0, 0, 0, 3])
        let figure = Figure.gradCAM(over: image, heat: heat, className: "7")
        let images = try SVGNode.parse(figure).elements("image")
        let png = try pixels(images[1])
        #expect((png.width, png.height) == (28, 28))
        #expect(png.color(0, 0) == [0x00, 0x22, 0x4E] && png.color(27, 27) == [0xFE, 0xE8, 0x38])
        #expect(figure.table.rows == [["1", "0", "0"], ["2", "0", "3"]])
        #expect(figure.description.contains("strongest at row 2, column 2"))
    }
}
