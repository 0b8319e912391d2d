import DigitRecognition
import Figures
import Imaging
import ReadingReports
import ReportPages
import TestSupport
import Testing

/// A reading step by step.
@Suite struct ReadingAccountTests {
    private func reading(_ image: Image, _ layout: ReadingOptions.Layout = .digit) -> Reading {
        DigitReader.pretrained {
            $0.keepsSteps = true
            $0.layout = layout
        }.read(image)
    }

    @Test func thePageHasEachStepWithASentence() throws {
        let account = try #require(ReadingAccount(reading(Readings.rings(1)), of: "<ring>.png"))
        let document = try MarkupNode.parse(account.page.html)
        #expect(document.elements("h1")[0].text == "How <ring>.png was read")
        #expect(
            document.elements("h2").map(\.text) == [
                "1. The picture", "2. Light and paper taken out", "3. Ink", "4. Rules and boxes taken out",
                "5. Pieces", "6. Each digit", "What was read",
            ])
        let sentences = document.elements("figcaption").map(\.text)
        #expect(sentences.count == 7 && sentences.allSatisfy { $0.hasSuffix(".") })
        #expect(sentences[0].contains("80×90 pixels"))
        // All but the digit's bars are pictures.
        #expect(document.elements("figure").allSatisfy { !$0.elements("image").isEmpty })
        // Ten bars, each named.
        let bars = document.elements("figure")[5].elements("text").map(\.text)
        #expect((0...9).allSatisfy { bars.contains("\($0)") } && !bars.contains("none"))
    }

    @Test func numbersShowTheirLines() throws {
        let reading = reading(Readings.rings(4), .line)
        let strips = try #require(reading.steps.first { $0.kind == .strips })
        #expect(strips.images.map(\.height) == reading.lines.map { _ in 32 })
        #expect(strips.boxes.map(\.count) == reading.lines.map(\.digits.count))
        let digits = try #require(reading.steps.first { $0.kind == .digits })
        #expect(digits.images.count == reading.lines.reduce(0) { $0 + $1.digits.count })
        #expect(digits.images.allSatisfy { $0.height == 28 && $0.width == 28 })
        let account = try #require(ReadingAccount(reading, of: "a"))
        let titles = account.page.sections.map(\.title)
        #expect(titles.contains("6. Lines, straightened") && titles.contains("7. Each digit"))
    }

    /// The pieces that were taken lie where they were: they are full of ink on ink alone, and here they leave none that is full.
    @Test func piecesLieWhereTheyWere() throws {
        let reading = reading(Readings.rings(4), .line)
        let pieces = try #require(reading.steps.first { $0.kind == .pieces })
        let before = try #require(reading.steps.last { $0.kind == .withoutRules }?.images.first)
        #expect(!pieces.images.isEmpty && reading.lines.flatMap(\.digits).count == 4)
        var (comparedCount, taken) = (0, Set<Int>())
        for (piece, boxes) in zip(pieces.images, pieces.boxes) {
            let box = boxes[0]
            #expect(piece.width == box.width && piece.height == box.height)
            for row in 0..<piece.height {
                for column in 0..<piece.width where piece[row, column] > 0 {
                    taken.insert((row + box.top) * before.width + column + box.left)
                    guard piece[row, column] == 255 else { continue }
                    #expect(before[row + box.top, column + box.left] > 0)
                    comparedCount += 1
                }
            }
        }
        #expect(comparedCount > 0)
        #expect(before.pixels.indices.allSatisfy { before.pixels[$0] < 255 || taken.contains($0) })
    }

    @Test func aBlankPictureHasAPageThatSaysSo() throws {
        let reading = reading(Readings.blank())
        let account = try #require(ReadingAccount(reading, of: "blank.png"))
        #expect(account.page.sections.map(\.title) == ["1. The picture", "What was read"])
        #expect(account.page.summary.hasPrefix("Nothing was read. Nothing stands out"))
        #expect(account.page.facts.isEmpty)
    }

    @Test func aReadingWithoutStepsHasNoAccount() {
        let reading = DigitReader.pretrained().read(Readings.blank())
        #expect(reading.picture == nil && ReadingAccount(reading, of: "a") == nil)
    }

    @Test func theFolderHasAFileForEachStep() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let account = try #require(ReadingAccount(reading(Readings.rings(1)), of: "ring.png"))
        let paths = try account.write(to: folder.path)
        #expect(
            try folder.names == [
                "1-picture.png", "2-without-paper.png", "3-ink.png", "4-without-rules.png", "5-pieces.png",
                "6-digits.png", "7-read.png",
            ])
        #expect(paths.count == 7 && paths[0] == folder.file("1-picture.png"))
        // Nothing is overwritten.
        #expect(throws: FigureError.self) { try account.write(to: folder.path) }
    }

    /// In a page of 720 points a number of 40 digits has strips that are as wide, and no wider.
    @Test func longLinesFitThePage() throws {
        let reading = reading(Readings.rings(40), .line)
        #expect(reading.lines.flatMap(\.digits).count == 40)
        let account = try #require(ReadingAccount(reading, of: "a"))
        for section in account.page.sections {
            for block in section.blocks {
                guard case .drawing(let drawing) = block else { continue }
                #expect(drawing.size.width <= 720 + 32, "\(section.title)")
            }
        }
    }
}
