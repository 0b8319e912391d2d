package import Imaging
import PlainText

/// Images beside and above one another, each with a caption beneath.
package struct ImageGrid {
    /// One image and what stands beneath it.
    package struct Cell {
        /// The image.
        package let image: Image
        /// Text beneath; it is cut off at the image's width.
        package let caption: String

        /// Makes a cell.
        package init(_ image: Image, caption: String) {
            self.image = image
            self.caption = caption
        }
    }

    /// A digit that is drawn smaller than this can no longer be read.
    private static let smallestWidth = 14
    private static let gap = 2
    /// The width of what is no terminal: text that is piped is read somewhere, too.
    private static let usualColumns = 80

    /// The cells, row by row.
    package let cells: [Cell]
    /// Cells in a row.
    package let cellsPerRow: Int

    /// Makes a grid.
    /// - Precondition: `cellsPerRow > 0`, and all images have one size.
    package init(_ cells: [Cell], cellsPerRow: Int) {
        precondition(cellsPerRow > 0, "A grid has at least one cell in a row, not \(cellsPerRow).")
        precondition(
            Set(cells.map { [$0.image.height, $0.image.width] }).count <= 1,
            "The pictures of a grid have one size.")
        self.cells = cells
        self.cellsPerRow = cellsPerRow
    }

    /// The grid as lines. Where the stream is too narrow the images are drawn smaller, and where that would make them
    /// unreadable there are half or a third as many in a row.
    package func lines(colors: TerminalStream.ColorDepth, columns: Int?) -> [String] {
        guard let first = cells.first else { return [] }
        let (width, perRow) = layout(imageWidth: first.image.width, columns: columns)
        let gap = String(repeating: " ", count: Self.gap)

        var lines: [String] = []
        for start in stride(from: 0, to: cells.count, by: perRow) {
            let row = cells[start..<min(start + perRow, cells.count)]
            let images = row.map {
                HalfBlockImage.lines(of: $0.image.reduced(toWidth: width), colors: colors)
            }
            if start > 0 { lines.append("") }
            for line in images[0].indices {
                lines.append(
                    images.map { $0[line] }.joined(separator: gap).trimmingTrailingSpaces)
            }
            let captions = row.map { String($0.caption.prefix(width)).padded(to: width, .center) }
            lines.append(captions.joined(separator: gap).trimmingTrailingSpaces)
        }
        return lines
    }

    private func layout(imageWidth: Int, columns: Int?) -> (width: Int, perRow: Int) {
        let room = (columns ?? Self.usualColumns) + Self.gap
        let smallest = min(Self.smallestWidth, imageWidth)
        let most = max(1, room / (smallest + Self.gap))
        let rows = (cellsPerRow + most - 1) / most
        let perRow = (cellsPerRow + rows - 1) / rows
        return (min(max(room / perRow - Self.gap, smallest), imageWidth), perRow)
    }
}
