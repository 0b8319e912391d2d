internal import PlainText

/// A bar for a class that is sometimes read as another.
public struct ConfusedPairBar: Hashable, Sendable {
    /// The label.
    public var label: String
    /// What is read.
    public var reading: String
    /// How often that happens.
    public var count: Int
    /// How many pictures have the label.
    public var labelCount: Int

    /// Creates a bar.
    public init(label: String, reading: String, count: Int, labelCount: Int) {
        self.label = label
        self.reading = reading
        self.count = count
        self.labelCount = labelCount
    }

    /// `12 of 982 (1.22%)`.
    var amount: String {
        let share = labelCount > 0 ? " (\(NumberText.percent(Double(count) / Double(labelCount))))" : ""
        return "\(NumberText.grouped(count)) of \(NumberText.grouped(labelCount))\(share)"
    }
}

extension Figure {
    /// Which classes are taken for which, as bars whose lengths are the counts.
    /// - Parameters:
    ///   - pairs: those to show, in order; may be empty.
    ///   - title: what they are.
    public static func confusedPairs(
        _ pairs: [ConfusedPairBar], title: String = "Most confused pairs"
    ) -> Figure {
        Figure(description: description(of: pairs), table: table(of: pairs)) { room in
            page(of: pairs, title: title, room: room)
        }
    }

    private static func page(of pairs: [ConfusedPairBar], title: String, room: Room) -> Page {
        let rowHeight = 22.0
        let names = pairs.map { "\($0.label) read as \($0.reading)" }
        let nameWidth = names.map { TextMetrics.width(of: $0, size: 10) }.max() ?? 0
        let amountWidth = pairs.map { TextMetrics.width(of: $0.amount, size: 10) }.max() ?? 0
        let others = nameWidth + 8 + 8 + amountWidth
        let barWidth = room.width(260, beside: others, least: 50)
        var page = Page(
            title: title, notes: pairs.isEmpty ? ["No mistakes: every picture was read right."] : [],
            width: pairs.isEmpty ? 0 : others + barWidth,
            height: Double(pairs.count) * rowHeight)
        let zero = page.content.x + nameWidth + 8
        let largest = pairs.map(\.count).max() ?? 0
        for (row, pair) in pairs.enumerated() {
            let middle = page.content.y + (Double(row) + 0.5) * rowHeight
            let length = largest > 0 ? barWidth * Double(pair.count) / Double(largest) : 0
            page.sketch.group("\(names[row]): \(pair.amount)") { group in
                group.text(names[row], x: zero - 8, middle: middle, TextStyle(size: 10, anchor: .end))
                group.rectangle(
                    Rectangle(x: zero, y: middle - 7, width: length, height: 14), fill: .vermilion)
                group.text(pair.amount, x: zero + length + 8, middle: middle, TextStyle(size: 10))
            }
        }
        if !pairs.isEmpty {
            page.sketch.line(
                zero, page.content.y, zero, page.content.maxY, Stroke(.muted))
        }
        return page
    }

    private static func description(of pairs: [ConfusedPairBar]) -> String {
        pairs.first.map {
            "The \(pairs.count == 1 ? "pair" : "\(pairs.count) pairs") of classes most often confused; first "
                + "\($0.label) read as \($0.reading), \($0.amount)."
        } ?? "No mistakes."
    }

    private static func table(of pairs: [ConfusedPairBar]) -> FigureTable {
        FigureTable(
            header: ["Label", "Read as", "Count", "Pictures of the label"],
            rows: pairs.map {
                [$0.label, $0.reading, NumberText.grouped($0.count), NumberText.grouped($0.labelCount)]
            })
    }
}
