/// A picture before and after a normalisation.
public struct NormalizationSample: Hashable, Sendable {
    /// What it is, such as its label.
    public var name: String
    /// Its values before, best in 0…1: the scale is shared with those after.
    public var before: ValueMap
    /// Its values after.
    public var after: ValueMap

    /// Creates a sample.
    public init(name: String, before: ValueMap, after: ValueMap) {
        self.name = name
        self.before = before
        self.after = after
    }
}

extension Figure {
    /// Pictures before and after a normalisation, side by side on one scale of grey.
    ///
    /// The scale reaches from the smallest to the largest of all values, so that equal greys are equal values.
    /// - Parameters:
    ///   - samples: the pictures, a row for each; at least one.
    ///   - method: what is done to them, such as `l2 along axis 1`.
    ///   - title: what the figure shows.
    public static func normalization(
        _ samples: [NormalizationSample], method: String, title: String = "Before and after normalisation"
    ) -> Figure {
        precondition(!samples.isEmpty, "A comparison needs at least one picture.")
        let ranges = samples.flatMap { [$0.before.range, $0.after.range] }.compactMap { $0 }
        let low = ranges.map(\.lowerBound).min() ?? 0
        let high = ranges.map(\.upperBound).max() ?? 1
        let scale = low...max(high, low.nextUp)

        func caption(_ name: String, _ map: ValueMap) -> [CaptionedGrid.Caption] {
            let extent =
                map.range.map {
                    "\(ScaleBar.text($0.lowerBound)) to \(ScaleBar.text($0.upperBound))"
                } ?? "no numbers"
            return [.init(text: name), .init(text: extent, paint: .muted)]
        }
        let cells = samples.flatMap { sample in
            [
                CaptionedGrid.Cell(
                    pixels: sample.before.pixels(.ink, over: scale),
                    captions: caption("\(sample.name), before", sample.before)),
                CaptionedGrid.Cell(
                    pixels: sample.after.pixels(.ink, over: scale),
                    captions: caption("\(sample.name), after", sample.after)),
            ]
        }
        let bar = ScaleBar(colorMap: .ink, range: scale)

        func bounds(_ map: ValueMap) -> [String] {
            map.range.map { [ScaleBar.text($0.lowerBound), ScaleBar.text($0.upperBound)] } ?? ["–", "–"]
        }
        return Figure(
            description: "\(samples.count == 1 ? "A picture" : "\(samples.count) pictures") before and after "
                + "normalisation (\(method)), on one scale from \(ScaleBar.text(scale.lowerBound)) to "
                + "\(ScaleBar.text(scale.upperBound)).",
            table: FigureTable(
                header: ["Picture", "Smallest before", "Largest before", "Smallest after", "Largest after"],
                rows: samples.map { [$0.name] + bounds($0.before) + bounds($0.after) })
        ) { room in
            let grid = CaptionedGrid(cells, columns: 2, side: 140, room: room)
            var page = Page(
                title: title, notes: ["\(method). Equal greys are equal values."], width: grid.size.width,
                height: grid.size.height + 16 + bar.height)
            let (x, y) = (page.content.x, page.content.y)
            grid.draw(in: &page.sketch, x: x, y: y)
            bar.draw(in: &page.sketch, x: x, y: y + grid.size.height + 16, width: grid.size.width)
            return page
        }
    }
}
