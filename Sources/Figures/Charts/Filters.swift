extension Figure {
    /// The weights of a layer's filters as small pictures, on one scale that is symmetric about 0.
    /// - Parameters:
    ///   - filters: the filters, one input channel each; at least one.
    ///   - columns: how many stand side by side, at least 1.
    ///   - title: which layer's.
    public static func filters(
        _ filters: [ValueMap], columns: Int = 8, title: String = "Filters of the first layer"
    ) -> Figure {
        precondition(!filters.isEmpty, "A figure of filters needs at least one.")
        let largest = filters.map(\.largestMagnitude).max() ?? 0
        let scale = symmetricScale(largest)
        let cells = filters.enumerated().map { index, filter in
            CaptionedGrid.Cell(
                pixels: filter.pixels(.signed, over: scale),
                captions: [.init(text: String(index + 1), paint: .muted)])
        }
        let bar = ScaleBar(colorMap: .signed, range: scale)
        let shape = "\(filters[0].height)×\(filters[0].width)"
        return Figure(
            description: "The weights of \(filters.count == 1 ? "a filter" : "\(filters.count) filters") of "
                + "\(shape), at most \(ScaleBar.text(largest)) from 0.",
            table: FigureTable(
                header: ["Filter", "Smallest weight", "Largest weight"],
                rows: filters.enumerated().map { index, filter in
                    [String(index + 1)]
                        + (filter.range.map {
                            [ScaleBar.text($0.lowerBound), ScaleBar.text($0.upperBound)]
                        } ?? ["–", "–"])
                })
        ) { room in
            let grid = CaptionedGrid(cells, columns: columns, side: 44, room: room)
            let barWidth = max(grid.size.width, 160)
            var page = Page(
                title: title, notes: ["Weights: blue is negative, white is 0, orange is positive."],
                width: barWidth, height: grid.size.height + 14 + bar.height)
            let (x, y) = (page.content.x, page.content.y)
            grid.draw(in: &page.sketch, x: x, y: y)
            bar.draw(in: &page.sketch, x: x, y: y + grid.size.height + 14, width: barWidth)
            return page
        }
    }

    /// From `-magnitude` to `magnitude`, with an extent even where that is 0.
    static func symmetricScale(_ magnitude: Float) -> ClosedRange<Float> {
        let bound = magnitude > 0 ? magnitude : 1
        return -bound...bound
    }
}
