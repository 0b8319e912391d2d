/// Images in rows, each with lines of text under it.
struct CaptionedGrid {
    /// A picture and what is written under it.
    struct Cell {
        var pixels: Pixels
        var captions: [Caption] = []
        /// Whether it has a heavy frame and a cross.
        var isMistake = false
    }

    /// A line under a picture.
    struct Caption {
        let text: String
        var isBold = false
        var paint = Paint.ink
    }

    /// What is shown.
    let cells: [Cell]
    /// How many stand side by side.
    let columns: Int
    /// The greatest width and height of a picture, in points.
    let side: Double

    private static let gap = 10.0
    private static let captionSize = 9.0
    private static let lineHeight = 12.0

    private let cellWidth: Double
    private let imageHeight: Double
    private let lineCount: Int

    /// Lays the cells out.
    /// - Parameter columns: How many stand side by side where there is room.
    init(_ cells: [Cell], columns: Int, side: Double, room: Room) {
        precondition(columns > 0, "A grid has at least one column, not \(columns).")
        self.cells = cells
        self.side = side
        let captions = cells.flatMap(\.captions)
        let widest = captions.map {
            TextMetrics.width(of: $0.text, size: Self.captionSize, isBold: $0.isBold)
        }
        cellWidth = max(side, widest.max() ?? 0)
        self.columns = room.columns(min(columns, max(cells.count, 1)), width: cellWidth, gap: Self.gap)
        imageHeight = cells.map { Self.size(of: $0.pixels, side: side).height }.max() ?? 0
        lineCount = cells.map(\.captions.count).max() ?? 0
    }

    /// The size of the whole.
    var size: Size {
        let rows = (cells.count + columns - 1) / columns
        return Size(
            width: Double(columns) * (cellWidth + Self.gap) - Self.gap,
            height: max(0, Double(rows) * rowHeight - Self.gap))
    }

    private var rowHeight: Double {
        imageHeight + (lineCount > 0 ? Double(lineCount) * Self.lineHeight + 2 : 0) + Self.gap
    }

    /// Draws the pictures, the upper left corner of the first at (`x`, `y`).
    func draw(in sketch: inout Sketch, x: Double, y: Double) {
        for (index, cell) in cells.enumerated() {
            let left = x + Double(index % columns) * (cellWidth + Self.gap)
            let top = y + Double(index / columns) * rowHeight
            let extent = Self.size(of: cell.pixels, side: side)
            let box = Rectangle(
                x: left + (cellWidth - extent.width) / 2, y: top + imageHeight - extent.height,
                width: extent.width, height: extent.height)
            sketch.group(cell.captions.map(\.text).joined(separator: ", ")) { group in
                group.image(cell.pixels, in: box)
                if cell.isMistake { Self.mark(box, in: &group) }
                for (line, caption) in cell.captions.enumerated() {
                    group.text(
                        caption.text, x: box.midX,
                        baseline: top + imageHeight + Double(line + 1) * Self.lineHeight,
                        TextStyle(
                            size: Self.captionSize, isBold: caption.isBold, anchor: .middle,
                            paint: caption.paint))
                }
            }
        }
    }

    /// A heavy frame, and a cross in its corner.
    private static func mark(_ box: Rectangle, in sketch: inout Sketch) {
        sketch.rectangle(box.inset(by: -1), border: Stroke(.vermilion, width: 2))
        let corner = Rectangle(x: box.maxX - 10, y: box.y, width: 10, height: 10)
        sketch.rectangle(corner, fill: .vermilion)
        sketch.cross(
            around: Point(x: corner.midX, y: corner.midY), radius: 2.5,
            Stroke(.color(RGBColor(0xFFFFFF)), width: 1.5))
    }

    /// The largest extent in which the pixels are square and neither side is longer than `side`.
    private static func size(of pixels: Pixels, side: Double) -> Size {
        let unit = side / Double(max(pixels.width, pixels.height))
        return Size(width: Double(pixels.width) * unit, height: Double(pixels.height) * unit)
    }
}
