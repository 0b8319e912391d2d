import Figures

extension Drawing {
    /// Elements with a margin around them and what they show written under them.
    ///
    /// Letters are larger in larger drawings, which are looked at from further away.
    /// - Parameters:
    ///   - elements: What is drawn, anywhere.
    ///   - bounds: The room that it takes.
    ///   - sentences: What there is to say, each on a line of its own.
    ///   - isCaptioned: Whether title and sentences are written; pages write them beside the drawing.
    init(
        _ elements: [Element], bounds: Rectangle, title: String, sentences: [String], isCaptioned: Bool
    ) {
        let sentences = sentences.filter { !$0.isEmpty }
        let size = max(11, max(bounds.width, bounds.height) / 70)
        let margin = isCaptioned ? size : 16
        let width = isCaptioned ? max(bounds.width, 24 * size) : bounds.width
        var y = margin + bounds.height
        var texts: [Element] = []
        func write(_ text: String, _ style: TextStyle, most: Int) {
            let lines = TextMetrics.lines(of: text, width: width, size: style.size, isBold: style.isBold)
            for (number, line) in lines.prefix(most).enumerated() {
                y += 1.35 * style.size
                // What is left out is still in the description.
                let isCut = number == most - 1 && lines.count > most
                texts.append(.text(isCut ? line + " …" : line, at: Point(x: margin, y: y), style))
            }
        }
        if isCaptioned {
            y += margin / 2
            write(title, TextStyle(size: 1.2 * size, isBold: true), most: 3)
            for sentence in sentences { write(sentence, TextStyle(size: size, paint: .muted), most: 4) }
        }
        self.init(
            size: Size(width: width + 2 * margin, height: y + margin), title: title,
            description: sentences.joined(separator: " "),
            elements: elements.map { $0.moved(x: margin - bounds.x, y: margin - bounds.y) } + texts)
    }
}
