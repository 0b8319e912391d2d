import Figures
import Imaging
import TerminalGraphics
import Testing

@Suite struct HalfBlockImageTests {
    @Test func withoutColorTwoPixelRowsBecomeOneShade() {
        let image = Image(height: 2, width: 4, pixels: [0, 255, 0, 1, 0, 255, 255, 0])
        #expect(HalfBlockImage.lines(of: image, colors: .none) == [" @+."])
    }

    @Test func anOddLastRowStandsOverBackground() {
        let image = Image(height: 3, width: 1, pixels: [255, 255, 255])
        #expect(HalfBlockImage.lines(of: image, colors: .none) == ["@", "+"])
    }

    @Test func trueColorUsesTheUpperPixelAsForegroundAndTheLowerAsBackground() {
        let image = Image(height: 2, width: 1, pixels: [200, 7])
        #expect(
            HalfBlockImage.lines(of: image, colors: .trueColor)
                == ["\u{1B}[38;2;200;200;200;48;2;7;7;7m▀\u{1B}[0m"])
    }

    @Test func styleIsWrittenOnlyWhereItChanges() {
        let image = Image(height: 2, width: 3, pixels: [0, 0, 255, 0, 0, 255])
        #expect(
            HalfBlockImage.lines(of: image, colors: .indexed)
                == ["\u{1B}[38;5;16;48;5;16m▀▀\u{1B}[38;5;231;48;5;231m▀\u{1B}[0m"])
    }

    @Test func threeChannelsAreColours() {
        let image = Image(height: 2, width: 1, channels: 3, pixels: [255, 128, 0, 0, 60, 200])
        #expect(
            HalfBlockImage.lines(of: image, colors: .trueColor)
                == ["\u{1B}[38;2;255;128;0;48;2;0;60;200m▀\u{1B}[0m"])
        #expect(
            HalfBlockImage.lines(of: image, colors: .indexed)
                == ["\u{1B}[38;5;208;48;5;26m▀\u{1B}[0m"])
        // The means are 128 and 87.
        #expect(HalfBlockImage.lines(of: image, colors: .none) == ["="])
    }

    @Test func everyColourGetsTheNearestOfTheCube() {
        let levels = [0, 95, 135, 175, 215, 255]
        for part in 1...255 {
            let index = HalfBlockImage.paletteIndex(RGBColor(red: UInt8(part), green: 0, blue: 0)) - 16
            #expect(index % 36 == 0)
            let distance = abs(levels[index / 36] - part)
            #expect(distance == levels.map { abs($0 - part) }.min(), "red \(part)")
        }
    }

    @Test func everyGreyGetsTheNearestOfThePalette() {
        let greys = [(16, 0)] + (0..<24).map { (232 + $0, 8 + 10 * $0) } + [(231, 255)]
        for value in 0...255 {
            let index = HalfBlockImage.paletteIndex(UInt8(value))
            let chosen = greys.first { $0.0 == index }.map { abs($0.1 - value) }
            #expect(chosen == greys.map { abs($0.1 - value) }.min(), "grey \(value)")
        }
    }
}

@Suite struct ImageGridTests {
    private let full = Image(height: 4, width: 9, pixels: Array(repeating: 255, count: 36))

    @Test func captionsStandBeneathTheirImages() {
        let grid = ImageGrid([.init(full, caption: "5"), .init(full, caption: "0")], cellsPerRow: 2)
        #expect(
            grid.lines(colors: .none, columns: nil) == [
                "@@@@@@@@@  @@@@@@@@@",
                "@@@@@@@@@  @@@@@@@@@",
                "    5          0",
            ])
    }

    @Test func rowsAreSeparatedAndTheLastMayBeShort() {
        let cells = (1...3).map { ImageGrid.Cell(full, caption: "\($0)") }
        let lines = ImageGrid(cells, cellsPerRow: 2).lines(colors: .none, columns: 80)
        #expect(lines.count == 7)
        #expect(lines[3] == "")
        #expect(lines[6] == "    3")
    }

    /// Digits of 28 pixels need 238 columns for 8 in a row.
    @Test(
        arguments: [
            (238, 8, 28), (237, 8, 27), (126, 8, 14), (125, 4, 28), (80, 4, 18), (62, 4, 14), (61, 3, 19),
            (29, 1, 28), (10, 1, 14), (nil, 4, 18),
        ] as [(Int?, Int, Int)])
    func narrowStreamsGetSmallerImagesThenFewerInARow(columns: Int?, perRow: Int, width: Int) {
        let image = Image(height: 28, width: 28, pixels: Array(repeating: 255, count: 784))
        let cells = Array(repeating: ImageGrid.Cell(image, caption: "7"), count: 32)
        let lines = ImageGrid(cells, cellsPerRow: 8).lines(colors: .none, columns: columns)
        #expect(lines[0].split(separator: " ").map(\.count) == Array(repeating: width, count: perRow))
        #expect(lines.count { $0.contains("7") } == (32 + perRow - 1) / perRow)
    }

    @Test func smallImagesStayAsTheyAre() {
        let cells = (1...2).map { ImageGrid.Cell(full, caption: "\($0)") }
        let lines = ImageGrid(cells, cellsPerRow: 2).lines(colors: .none, columns: 16)
        #expect(lines[0] == "@@@@@@@@@")
        #expect(lines.count == 7)
    }
}
