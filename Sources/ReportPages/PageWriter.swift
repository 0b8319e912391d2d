internal import Figures
internal import PlainText

/// Writes a page as HTML.
///
/// No program runs in the page: tables open by `details`. Figures have a layout of their own for phones. Whatever is still wider
/// scrolls in a box of its own, which the keyboard reaches and whose edge fades while there is more.
struct PageWriter {
    /// Tables with more rows are not printed under their figures; nobody reads them on paper.
    private static let mostPrintedRows = 16
    /// How far a figure shrinks on a narrow screen before it scrolls: smaller letters cannot be read. The style has it, too.
    private static let smallestScale = 0.95
    /// The width of the narrowest phones, in CSS's pixels.
    private static let narrowestWidth = 320.0

    /// For which screens a drawing is.
    private enum Screen: String {
        case all = "scroll"
        case wide = "scroll wide"
        case narrow = "scroll narrow"
    }

    private let page: ReportPage
    private var text = ""
    private var figureCount = 0

    /// Creates a writer.
    init(_ page: ReportPage) { self.page = page }

    /// The whole document.
    var html: String {
        var writer = self
        writer.write()
        return writer.text
    }

    private mutating func write() {
        let names = Self.identifiers(of: page.sections)
        text = """
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>\(escaped(page.title))</title>
            <link rel="icon" href="data:,"/>
            <style>
            \(PageStyle.css)
            </style>
            </head>
            <body>
            <a class="skip" href="#results">Skip to the results</a>
            <header>
            <h1>\(escaped(page.title))</h1>
            <p>\(escaped(page.summary))</p>

            """
        writeFacts(page.facts, kind: "cards")
        text += "</header>\n<nav aria-label=\"Sections\">\n<ul>\n"
        for (section, name) in zip(page.sections, names) {
            text += "<li><a href=\"#\(name)\">\(escaped(section.title))</a></li>\n"
        }
        text += "</ul>\n</nav>\n<main id=\"results\" tabindex=\"-1\">\n"
        for (section, name) in zip(page.sections, names) {
            text +=
                "<section aria-labelledby=\"\(name)\">\n<h2 id=\"\(name)\">\(escaped(section.title))</h2>\n"
            for block in section.blocks { write(block) }
            text += "</section>\n"
        }
        text += "</main>\n"
        if !page.footer.isEmpty { text += "<footer>\n<p>\(escaped(page.footer))</p>\n</footer>\n" }
        text += "</body>\n</html>\n"
    }

    private mutating func write(_ block: PageBlock) {
        switch block {
        case .paragraph(let sentences): text += "<p>\(escaped(sentences))</p>\n"
        case .facts(let facts): writeFacts(facts, kind: "list")
        case .figure(let figure):
            text += "<figure>\n"
            write(figure.drawing, for: figure.narrowDrawing == nil ? .all : .wide)
            if let narrow = figure.narrowDrawing { write(narrow, for: .narrow) }
            writeCaption(figure.caption)
            write(figure.table, of: figure.title)
            text += "</figure>\n"
        case .drawing(let drawing):
            text += "<figure>\n"
            write(drawing, for: .all)
            writeCaption(drawing.description)
            text += "</figure>\n"
        case .table(let table, let caption): write(table, caption: caption, hidesCaption: false)
        case .command(let command): text += "<pre><code>\(escaped(command))</code></pre>\n"
        }
    }

    private mutating func writeFacts(_ facts: [PageFact], kind: String) {
        guard !facts.isEmpty else { return }
        text += "<dl class=\"\(kind)\">\n"
        for fact in facts {
            let note = fact.note.isEmpty ? "" : " <small>\(escaped(fact.note))</small>"
            text += "<div><dt>\(escaped(fact.name))</dt><dd>\(escaped(fact.value))\(note)</dd></div>\n"
        }
        text += "</dl>\n"
    }

    private mutating func write(_ drawing: Drawing, for screen: Screen) {
        figureCount += 1
        let width = drawing.size.width
        openScroller(
            named: drawing.title, mayScroll: width * Self.smallestScale > Self.narrowestWidth, for: screen,
            style: "--width:\(NumberText.fixed(width, decimals: 0))px")
        text += drawing.svg(theme: .page, identifier: "figure-\(figureCount)") + "</div>\n"
    }

    /// What stands under a drawing. The drawing's own description says the same to a screen reader.
    private mutating func writeCaption(_ caption: String) {
        if !caption.isEmpty { text += "<figcaption aria-hidden=\"true\">\(escaped(caption))</figcaption>\n" }
    }

    /// The numbers of a figure, to be opened.
    private mutating func write(_ table: FigureTable, of title: String) {
        let isLong = table.rows.count > Self.mostPrintedRows
        text += "<details\(isLong ? " class=\"long\"" : "")>\n"
        text += "<summary>Numbers: \(escaped(title))</summary>\n"
        write(table, caption: title, hidesCaption: true)
        text += "</details>\n"
    }

    private mutating func write(_ table: FigureTable, caption: String, hidesCaption: Bool) {
        let isNumeric = table.header.indices.map { column in
            table.rows.allSatisfy { Self.isNumber($0[column]) }
        }
        func kind(_ column: Int) -> String { isNumeric[column] ? " class=\"number\"" : "" }
        openScroller(named: caption, mayScroll: true)
        text += "<table>\n<caption\(hidesCaption ? " class=\"hidden\"" : "")>\(escaped(caption))</caption>\n"
        text += "<thead><tr>"
        for (column, name) in table.header.enumerated() {
            text += "<th scope=\"col\"\(kind(column))>\(escaped(name))</th>"
        }
        text += "</tr></thead>\n<tbody>\n"
        for row in table.rows {
            text += "<tr>"
            for (column, cell) in row.enumerated() {
                text +=
                    column == 0
                    ? "<th scope=\"row\"\(kind(column))>\(escaped(cell))</th>"
                    : "<td\(kind(column))>\(escaped(cell))</td>"
            }
            text += "</tr>\n"
        }
        text += "</tbody>\n</table>\n</div>\n"
    }

    /// Opens a box that scrolls by itself; where it may, the keyboard can reach it, and it has a name.
    private mutating func openScroller(
        named name: String, mayScroll: Bool, for screen: Screen = .all, style: String? = nil
    ) {
        text += "<div class=\"\(screen.rawValue)\""
        if let style { text += " style=\"\(style)\"" }
        if mayScroll { text += " tabindex=\"0\" role=\"group\" aria-label=\"\(escaped(name))\"" }
        text += ">\n"
    }

    private func escaped(_ text: String) -> String { MarkupText.escaped(text) }

    /// Whether a cell holds a number, with a sign or a unit, or none.
    private static func isNumber(_ cell: String) -> Bool {
        guard let first = cell.first else { return true }
        return first.isASCII && first.isNumber || "-+–±".contains(first)
    }

    /// A name for each section by which links find it: the letters and digits of its title, and a number where two agree.
    private static func identifiers(of sections: [PageSection]) -> [String] {
        var taken: Set<String> = []
        return sections.map { section in
            let words = section.title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            let base = (["section"] + words).joined(separator: "-")
            var name = base
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(base)-\(number)"
            }
            return name
        }
    }
}
