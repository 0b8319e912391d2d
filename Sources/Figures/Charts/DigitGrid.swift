internal import PlainText

/// A picture in a grid, with what is known of it.
public struct DigitCell: Hashable, Sendable {
    /// The picture; 0 is paper, 1 is ink.
    public var image: ValueMap
    /// Its label; `nil` where there is none.
    public var label: String?
    /// What the network reads; `nil` if it was not asked.
    public var reading: String?
    /// A second line under it, such as its index.
    public var note: String?

    /// Creates a cell.
    public init(image: ValueMap, label: String? = nil, reading: String? = nil, note: String? = nil) {
        self.image = image
        self.label = label
        self.reading = reading
        self.note = note
    }

    /// Whether label and reading are known and differ.
    package var isMistake: Bool { label != nil && reading != nil && label != reading }

    /// Label and reading in one line.
    package var caption: String {
        switch (label, reading) {
        case (let label?, let reading?): "\(label) → \(reading)"
        case (let label?, nil): label
        case (nil, let reading?): "→ \(reading)"
        case (nil, nil): ""
        }
    }
}

extension Figure {
    /// Pictures in rows, each with its label and, where it is known, what the network reads.
    ///
    /// A picture that is read otherwise than it is labelled has a heavy frame, a cross in its corner and bold text.
    /// - Parameters:
    ///   - cells: the pictures.
    ///   - columns: how many stand side by side, at least 1.
    ///   - title: what they are.
    public static func digitGrid(_ cells: [DigitCell], columns: Int = 10, title: String = "Digits") -> Figure
    {
        let drawn = cells.map { cell in
            var captions: [CaptionedGrid.Caption] = []
            if !cell.caption.isEmpty {
                captions.append(.init(text: cell.caption, isBold: cell.isMistake))
            }
            if let note = cell.note { captions.append(.init(text: note, paint: .muted)) }
            return CaptionedGrid.Cell(
                pixels: cell.image.pixels(.ink, over: 0...1), captions: captions, isMistake: cell.isMistake)
        }
        let mistakes = cells.filter(\.isMistake).count
        let isRead = cells.contains { $0.reading != nil }
        let count = cells.count == 1 ? "1 picture" : "\(NumberText.grouped(cells.count)) pictures"
        var notes: [String] = cells.isEmpty ? ["No pictures."] : []
        if isRead { notes.append("label → what is read. Mistakes have a frame and a cross.") }
        return Figure(
            description: isRead
                ? "\(count) of digits with label and reading; \(mistakes) of them misread."
                : "\(count) of digits.",
            table: FigureTable(
                header: ["Position", "Label", "Read as", "Right", "Note"],
                rows: cells.enumerated().map { index, cell in
                    let isRight =
                        cell.label == nil || cell.reading == nil ? "–" : cell.isMistake ? "no" : "yes"
                    return [
                        String(index + 1), cell.label ?? "–", cell.reading ?? "–", isRight, cell.note ?? "",
                    ]
                })
        ) { [notes] room in
            let grid = CaptionedGrid(drawn, columns: columns, side: 56, room: room)
            var page = Page(title: title, notes: notes, width: grid.size.width, height: grid.size.height)
            grid.draw(in: &page.sketch, x: page.content.x, y: page.content.y)
            return page
        }
    }
}
