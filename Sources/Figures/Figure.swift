/// A drawing of results, with the same in words and numbers.
///
/// ```swift
/// let figure = Figure.confusionMatrix(counts: [[9, 1], [0, 10]], classes: ["cat", "dog"])
/// try figure.write(to: "confusion.svg")
/// ```
///
/// Each kind of figure is a static function that makes one from plain numbers.
public struct Figure: Hashable, Sendable {
    /// What is seen. Its title and description are the text alternative.
    public let drawing: Drawing
    /// The same for a phone's screen, held upright; nil where it would be no narrower.
    public let narrowDrawing: Drawing?
    /// What there is to say under the drawing; empty where its own title and notes say it.
    public let caption: String
    /// The numbers that are drawn.
    public let table: FigureTable

    /// Creates a figure of a drawing, whose caption is its description.
    public init(drawing: Drawing, table: FigureTable) {
        self.drawing = drawing
        self.table = table
        narrowDrawing = nil
        caption = drawing.description
    }

    /// Creates a figure in a layout for each room.
    init(description: String, table: FigureTable, layout: (Room) -> Page) {
        drawing = layout(.wide).drawing(description: description)
        let narrow = layout(.narrow).drawing(description: description)
        narrowDrawing = narrow.size.width < drawing.size.width ? narrow : nil
        caption = ""
        self.table = table
    }

    /// What the figure shows, in a few words.
    public var title: String { drawing.title }
    /// What the figure shows, in sentences.
    public var description: String { drawing.description }
}

/// The numbers of a figure, as texts that are ready to be shown.
public struct FigureTable: Hashable, Sendable {
    /// The columns' names.
    public let header: [String]
    /// The rows, each as long as the header.
    public let rows: [[String]]

    /// Creates a table.
    /// - Precondition: each row is as long as the header.
    public init(header: [String], rows: [[String]]) {
        for row in rows {
            precondition(
                row.count == header.count, "A row of \(row.count) cells does not fit \(header.count) columns."
            )
        }
        self.header = header
        self.rows = rows
    }
}
