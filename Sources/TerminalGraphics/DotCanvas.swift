/// Curves in a grid of characters.
///
/// With colour a character is eight dots, a Braille pattern, in the colour of its curve. Without colour it is one dot,
/// and each curve has a character of its own: that tells the curves apart, and every font has it.
struct DotCanvas {
    /// How a curve looks.
    struct Style {
        /// One of the 256 colours.
        let color: Int
        /// A point that no line meets, with colour.
        let mark: Character
        /// Every point, without colour.
        let letter: Character

        /// The curve's sign in a legend.
        func sign(_ colors: TerminalStream.ColorDepth) -> String {
            colors == .none ? String(letter) : colored(String(mark))
        }

        fileprivate func colored(_ text: String) -> String { "\u{1B}[38;5;\(color)m\(text)\u{1B}[0m" }
    }

    private struct Cell {
        var dots: UInt8 = 0
        var isMark = false
        var style: Style?
    }

    /// The bit of each dot of a Braille pattern, row by row (Unicode 16, section 21.1).
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    private let columns: Int
    private let colors: TerminalStream.ColorDepth
    /// Dots of a character.
    private let across: Int
    private let down: Int
    private var cells: [[Cell]]

    init(columns: Int, rows: Int, colors: TerminalStream.ColorDepth) {
        self.columns = columns
        self.colors = colors
        (across, down) = colors == .none ? (1, 1) : (2, 4)
        cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    }

    /// Draws lines between neighbouring points, and a mark where a point has no neighbour.
    /// - Parameter points: Shares of the width from the left and of the height from the top, 0…1; nil for a gap.
    mutating func draw(_ points: [(x: Double, y: Double)?], _ style: Style) {
        for run in points.split(whereSeparator: { $0 == nil }) {
            let dots = run.compactMap { $0 }.map { point in
                (
                    x: Int((point.x * Double(columns * across - 1)).rounded()),
                    y: Int((point.y * Double(cells.count * down - 1)).rounded())
                )
            }
            if dots.count == 1 {
                cells[dots[0].y / down][dots[0].x / across] = Cell(isMark: true, style: style)
            }
            for (start, end) in zip(dots, dots.dropFirst()) {
                let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
                for step in 0...steps {
                    let share = Double(step) / Double(steps)
                    set(
                        start.x + Int((Double(end.x - start.x) * share).rounded()),
                        start.y + Int((Double(end.y - start.y) * share).rounded()), style)
                }
            }
        }
    }

    private mutating func set(_ x: Int, _ y: Int, _ style: Style) {
        var cell = cells[y / down][x / across]
        cell.dots |= Self.bits[y % down][x % across]
        cell.isMark = false
        cell.style = style
        cells[y / down][x / across] = cell
    }

    /// The rows as text, without spaces at their ends.
    var lines: [String] {
        cells.map { row in
            let inked = row.prefix((row.lastIndex { $0.style != nil } ?? -1) + 1)
            return inked.map(text).joined()
        }
    }

    private func text(_ cell: Cell) -> String {
        guard let style = cell.style else { return " " }
        if colors == .none { return String(style.letter) }
        let pattern = Unicode.Scalar(0x2800 + UInt32(cell.dots)).map { Character($0) }
        return style.colored(String(cell.isMark ? style.mark : pattern ?? style.mark))
    }
}
