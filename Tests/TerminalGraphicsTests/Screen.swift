/// What a terminal shows of what was written to it: carriage returns, line feeds, cursor up and erasing; colours are left
/// out. It breaks lines at its last column, and lines that it has broken become whole again where it becomes wider.
struct Screen {
    private let columns: Int
    /// Rows with a mark whether each goes on in the next.
    private var rows: [(text: [Character], goesOn: Bool)] = [([], false)]
    private var row = 0
    private var column = 0

    /// Makes an empty screen.
    init(columns: Int) { self.columns = columns }

    /// The rows, without spaces at their ends.
    var lines: [String] {
        rows.map { row in
            var text = String(row.text)
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    /// The same at another width, with the cursor at the end.
    func resized(to columns: Int) -> Screen {
        var screen = Screen(columns: columns)
        screen.write(rows.map { String($0.text) + ($0.goesOn ? "" : "\n") }.joined())
        screen.rows.removeLast()
        screen.row = screen.rows.count - 1
        screen.column = screen.rows[screen.row].text.count
        return screen
    }

    mutating func write(_ text: String) {
        var rest = Array(text)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\r": column = 0
            case "\n": lineFeed()
            case "\r\n":
                lineFeed()
            case "\u{1B}":
                let sequence = rest.prefix { !$0.isLetter }
                rest = rest.dropFirst(sequence.count)
                control(rest.removeFirst(), Int(String(sequence.dropFirst())) ?? 1)
            default: put(character)
            }
        }
    }

    private mutating func lineFeed() {
        column = 0
        row += 1
        if row == rows.count { rows.append(([], false)) }
    }

    private mutating func control(_ letter: Character, _ number: Int) {
        switch letter {
        case "A": row = max(0, row - number)
        case "K": rows[row] = (Array(rows[row].text.prefix(column)), false)
        case "J":
            rows[row] = (Array(rows[row].text.prefix(column)), false)
            rows.removeSubrange((row + 1)...)
        default: break
        }
    }

    private mutating func put(_ character: Character) {
        if column == columns {
            rows[row].goesOn = true
            lineFeed()
        }
        while rows[row].text.count <= column { rows[row].text.append(" ") }
        rows[row].text[column] = character
        column += 1
    }
}
