/// The sheet of a figure: title, notes under it, and room for the contents.
struct Page {
    /// Where the contents go.
    let content: Rectangle
    /// What is drawn.
    var sketch = Sketch()

    private let title: String
    private let size: Size

    private static let margin = 16.0
    private static let narrowest = 300.0
    private static let titleSize = 13.0
    private static let noteSize = 10.0

    /// Writes the title and the notes, broken into lines where they are wider than the contents.
    /// - Parameters:
    ///   - title: What the figure shows.
    ///   - notes: Sentences under the title, each beginning a line.
    ///   - width: How wide the contents will be.
    ///   - height: How high the contents will be.
    init(title: String, notes: [String] = [], width: Double, height: Double) {
        let textWidth = max(width, Self.narrowest)
        self.title = title
        var y = Self.margin
        for line in TextMetrics.lines(of: title, width: textWidth, size: Self.titleSize, isBold: true) {
            y += Self.titleSize
            sketch.text(line, x: Self.margin, baseline: y, TextStyle(size: Self.titleSize, isBold: true))
            y += 4
        }
        for note in notes {
            for line in TextMetrics.lines(of: note, width: textWidth, size: Self.noteSize) {
                y += Self.noteSize + 1
                sketch.text(line, x: Self.margin, baseline: y, TextStyle(size: Self.noteSize, paint: .muted))
                y += 3
            }
        }
        y += 12
        content = Rectangle(x: Self.margin, y: y, width: width, height: height)
        size = Size(width: textWidth + 2 * Self.margin, height: y + height + Self.margin)
    }

    /// The finished drawing.
    func drawing(description: String) -> Drawing {
        Drawing(size: size, title: title, description: description, elements: sketch.elements)
    }
}
