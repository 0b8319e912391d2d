import Figures
import ReportPages
import TestSupport
import Testing

@Suite struct ReportPageTests {
    private static let matrix = Figure.confusionMatrix(
        counts: [[9, 1], [0, 10]], classes: ["<cat>", "R&D"], title: "Which class is read as which")
    private static let wide = FigureTable(
        header: ["Name", "Amount", "Share"],
        rows: [["rotation", "-15", "97.20%"], ["shift", "4", "–"], ["noise", "0.1", "88.00%"]])

    private static let page = ReportPage(
        title: #"notebook & "friends" <on> MNIST"#, summary: "It reads 19 of 20 < 21 & more.",
        facts: [PageFact("Accuracy", "95.00%", note: "19 of 20 <all>"), PageFact("Loss", "0.12")],
        sections: [
            PageSection(
                "Classes & names", [.paragraph("Cats > dogs."), .figure(matrix), .figure(matrix)]),
            PageSection("Numbers", [.table(wide, caption: "Changes"), .facts([PageFact("Seed", "1")])]),
            PageSection("Numbers", [.command("digits evaluate 'a b' > \"c\"")]),
        ], footer: "Made by <digits>.")

    private func tree(_ page: ReportPage = page) throws -> MarkupNode { try MarkupNode.parse(page.html) }

    @Test func everyTextIsSeenAsItWasWritten() throws {
        let document = try tree()
        let heading = document.elements("h1")[0]
        #expect(heading.text == Self.page.title)
        #expect(document.elements("title")[0].text == Self.page.title)
        let paragraphs = document.elements("p").map(\.text)
        #expect(paragraphs == [Self.page.summary, "Cats > dogs.", Self.page.footer])
        #expect(document.elements("h2").map(\.text) == ["Classes & names", "Numbers", "Numbers"])
        #expect(document.elements("code").map(\.text) == ["digits evaluate 'a b' > \"c\""])
        #expect(document.elements("dt").map(\.text) == ["Accuracy", "Loss", "Seed"])
        #expect(document.elements("dd").map(\.wholeText) == ["95.00% 19 of 20 <all>", "0.12", "1"])
    }

    @Test func controlCharactersDoNotBreakThePage() throws {
        let page = ReportPage(title: "a\u{0}b\u{1B}[31mc\n", summary: "\u{FFFF}", sections: [])
        #expect(try tree(page).elements("h1")[0].text == "a\u{FFFD}b\u{FFFD}[31mc ")
    }

    @Test func aDrawingWithoutNumbersHasNoTable() throws {
        let page = ReportPage(
            title: "a", summary: "b", sections: [PageSection("c", [.drawing(Self.matrix.drawing)])])
        let figure = try #require(try tree(page).elements("figure").first)
        #expect(figure.elements("svg").count == 1 && figure.elements("details").isEmpty)
        #expect(figure.elements("figcaption").map(\.text) == [Self.matrix.description])
    }

    @Test func everyFigureHasATextAlternativeAndItsTable() throws {
        let figures = try tree().elements("figure")
        #expect(figures.count == 2)
        for figure in figures {
            let drawing = try #require(figure.elements("svg").first)
            #expect(drawing.attributes["role"] == "img")
            let names = (drawing.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
            #expect(names == drawing.children.prefix(2).compactMap { $0.attributes["id"] })
            #expect(drawing.children.prefix(2).map(\.text) == [Self.matrix.title, Self.matrix.description])
            // Its title and notes are in the drawing.
            #expect(figure.elements("figcaption").isEmpty)
            let details = try #require(figure.elements("details").first)
            #expect(details.elements("summary").map(\.text) == ["Numbers: \(Self.matrix.title)"])
            #expect(
                details.elements("th").filter { $0.attributes["scope"] == "col" }.map(\.text)
                    == Self.matrix.table.header)
            let rows = details.elements("tbody")[0].elements("tr").map { $0.children.map(\.text) }
            #expect(rows == Self.matrix.table.rows)
        }
    }

    @Test func noTwoElementsHaveOneIdentifier() throws {
        let identifiers = try tree().all.compactMap { $0.attributes["id"] }
        #expect(Set(identifiers).count == identifiers.count, "\(identifiers)")
    }

    @Test func everyLinkLeadsSomewhereInThePage() throws {
        let document = try tree()
        let identifiers = Set(document.all.compactMap { $0.attributes["id"] })
        let targets = document.elements("a").compactMap { $0.attributes["href"] }
        #expect(targets.count == 4)
        for target in targets {
            #expect(target.hasPrefix("#") && identifiers.contains(String(target.dropFirst())), "\(target)")
        }
        #expect(
            document.elements("section").compactMap { $0.attributes["aria-labelledby"] }.allSatisfy(
                identifiers.contains))
    }

    @Test func landmarksAndHeadingsAreInOrder() throws {
        let document = try tree()
        let body = try #require(document.elements("body").first)
        #expect(body.children.map(\.name) == ["a", "header", "nav", "main", "footer"])
        #expect(document.attributes["lang"] == "en")
        let headings = document.all.map(\.name).filter { ["h1", "h2", "h3"].contains($0) }
        #expect(headings == ["h1", "h2", "h2", "h2"])
    }

    @Test func thePageRunsNothingAndAsksForNothing() throws {
        let html = Self.page.html
        let document = try tree()
        for name in ["script", "iframe", "object", "embed", "base", "form"] {
            #expect(document.elements(name).isEmpty, "\(name)")
        }
        for element in document.all {
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on"), "\(element.name) has \(name)")
                guard ["href", "src", "srcset", "xlink:href"].contains(name) else { continue }
                #expect(value.hasPrefix("#") || value.hasPrefix("data:"), "\(element.name) asks for \(value)")
            }
        }
        #expect(!html.contains("@import") && !html.contains("url(http"))
        let policy = document.elements("meta").first { $0.attributes["http-equiv"] != nil }
        #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'") == true)
    }

    @Test func columnsOfNumbersAreAlignedAtTheRight() throws {
        let table = try #require(try tree().elements("table").last)
        for row in table.elements("tr") {
            #expect(row.children.map { $0.attributes["class"] } == [nil, "number", "number"])
        }
    }

    @Test func whatMayBeWiderThanAPhoneScrollsAndIsReachedByTheKeyboard() throws {
        let boxes = try tree().elements(ofClass: "scroll")
        #expect(boxes.count == 5)
        for box in boxes where box.elements("table").count == 1 {
            #expect(box.attributes["tabindex"] == "0" && box.attributes["aria-label"]?.isEmpty == false)
        }
        // A narrow figure always fits and needs no stop.
        let narrow = Figure(
            drawing: Drawing(
                size: Size(width: 300, height: 100), title: "t", description: "d.", elements: []),
            table: FigureTable(header: ["a", "b"], rows: []))
        let page = ReportPage(title: "t", summary: "", sections: [PageSection("s", [.figure(narrow)])])
        let box = try #require(try tree(page).elements(ofClass: "scroll").first)
        #expect(box.attributes["tabindex"] == nil)
        #expect(box.attributes["style"] == "--width:300px")
    }

    @Test func aFigureHasALayoutForPhonesWhereItIsWider() throws {
        let counts = (0..<10).map { row in (0..<10).map { $0 == row ? 1135 : 1 } }
        let figure = Figure.confusionMatrix(counts: counts, classes: (0..<10).map { String($0) })
        let narrow = try #require(figure.narrowDrawing)
        #expect(figure.drawing.size.width > 500 && narrow.size.width < 350)
        let page = ReportPage(title: "t", summary: "", sections: [PageSection("s", [.figure(figure)])])
        let document = try tree(page)
        #expect(document.elements(ofClass: "wide").count == 1)
        #expect(document.elements(ofClass: "narrow").count == 1)
    }

    @Test func longTablesAreNotPrinted() throws {
        let rows = (0..<17).map { ["\($0)", "1"] }
        let figures = [rows, Array(rows.dropLast())].map { rows in
            Figure(
                drawing: Drawing(
                    size: Size(width: 9, height: 9), title: "t", description: "d.", elements: []),
                table: FigureTable(header: ["a", "b"], rows: rows))
        }
        let page = ReportPage(
            title: "t", summary: "", sections: [PageSection("s", figures.map { .figure($0) })])
        #expect(try tree(page).elements("details").map { $0.attributes["class"] } == ["long", nil])
    }

    @Test func aPageWithoutAnythingIsWholeToo() throws {
        let document = try tree(ReportPage(title: "", summary: "", sections: []))
        #expect(document.elements("main").count == 1)
        #expect(document.elements("footer").isEmpty && document.elements("dl").isEmpty)
    }

    @Test func equalPagesHaveEqualTexts() {
        #expect(Self.page.html == Self.page.html)
    }
}
