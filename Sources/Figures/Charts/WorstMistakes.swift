internal import PlainText

/// A picture that was misread.
public struct Mistake: Hashable, Sendable {
    /// The picture; 0 is paper, 1 is ink.
    public var image: ValueMap
    /// Its place in the data set, from 0.
    public var index: Int
    /// Its label.
    public var label: String
    /// What the network reads instead.
    public var reading: String
    /// The probability of what is read, 0…1.
    public var probability: Double
    /// The probability of the label, 0…1.
    public var labelProbability: Double

    /// Creates a mistake.
    public init(
        image: ValueMap, index: Int, label: String, reading: String, probability: Double,
        labelProbability: Double
    ) {
        self.image = image
        self.index = index
        self.label = label
        self.reading = reading
        self.probability = probability
        self.labelProbability = labelProbability
    }
}

extension Figure {
    /// Misread pictures with label, reading and its probability, in the order given: the surest first is usual.
    /// - Parameters:
    ///   - mistakes: those to show; may be empty.
    ///   - columns: how many stand side by side, at least 1.
    ///   - title: what they are.
    public static func worstMistakes(
        _ mistakes: [Mistake], columns: Int = 6, title: String = "Worst mistakes"
    ) -> Figure {
        let cells = mistakes.map { mistake in
            CaptionedGrid.Cell(
                pixels: mistake.image.pixels(.ink, over: 0...1),
                captions: [
                    .init(text: "\(mistake.label) → \(mistake.reading)", isBold: true),
                    .init(text: "\(NumberText.percent(mistake.probability, decimals: 1)) sure"),
                    .init(text: "picture \(mistake.index)", paint: .muted),
                ])
        }
        return Figure(
            description: mistakes.first.map {
                "\(mistakes.count) misread \(mistakes.count == 1 ? "picture" : "pictures"). The first is picture "
                    + "\($0.index), label \($0.label), read as \($0.reading) with "
                    + "\(NumberText.percent($0.probability, decimals: 1)) probability."
            } ?? "No mistakes.",
            table: FigureTable(
                header: ["Picture", "Label", "Read as", "Probability", "Probability of the label"],
                rows: mistakes.map {
                    [
                        String($0.index), $0.label, $0.reading, NumberText.percent($0.probability),
                        NumberText.percent($0.labelProbability),
                    ]
                })
        ) { room in
            let grid = CaptionedGrid(cells, columns: columns, side: 84, room: room)
            var page = Page(
                title: title,
                notes: [
                    mistakes.isEmpty
                        ? "No mistakes: every picture was read right."
                        : "label → what is read, and the probability that the network gives to what it reads."
                ], width: grid.size.width, height: grid.size.height)
            grid.draw(in: &page.sketch, x: page.content.x, y: page.content.y)
            return page
        }
    }
}
