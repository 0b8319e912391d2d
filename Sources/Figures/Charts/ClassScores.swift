internal import PlainText

/// How well one class is read.
public struct ClassScore: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Of what is read as this class, the share that is; NaN where nothing is read as it.
    public var precision: Double
    /// Of what is this class, the share that is read so; NaN where there is nothing of it.
    public var recall: Double
    /// The harmonic mean of both; NaN where one of them is.
    public var f1: Double
    /// How many pictures have it as label.
    public var count: Int

    /// Creates a score.
    public init(name: String, precision: Double, recall: Double, f1: Double, count: Int) {
        self.name = name
        self.precision = precision
        self.recall = recall
        self.f1 = f1
        self.count = count
    }
}

extension Figure {
    /// Precision, recall and F1 of each class, as marks on a line and in numbers.
    ///
    /// The line begins below the smallest value, not at 0: marks show places, not lengths.
    /// - Parameters:
    ///   - scores: the classes; at least one.
    ///   - title: what was evaluated.
    public static func classScores(
        _ scores: [ClassScore], title: String = "Precision, recall and F1"
    ) -> Figure {
        precondition(!scores.isEmpty, "A figure of scores needs at least one class.")
        let chart = ClassScoresChart(scores: scores, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            ClassScoresChart(scores: scores, room: room).page(title: title)
        }
    }
}

private struct ClassScoresChart {
    let scores: [ClassScore]
    let room: Room

    private static let rowHeight = 19.0
    /// The columns of numbers are as wide as their titles and numbers need, and a little wider where there is room.
    private var columnWidth: Double { room == .wide ? 58 : 46 }
    private static let measures: [(name: String, value: @Sendable (ClassScore) -> Double, Paint, Marker)] = [
        ("precision", { $0.precision }, .blue, .disc),
        ("recall", { $0.recall }, .vermilion, .square),
        ("F1", { $0.f1 }, .green, .diamond),
    ]

    func page(title: String) -> Page {
        let values = scores.flatMap { score in Self.measures.map { $0.value(score) } }
        let axis = Axis(around: values, within: 0...1, .percent, most: room == .wide ? 5 : 3)
        let labelWidth = scores.map { TextMetrics.width(of: $0.name, size: 10) }.max() ?? 0
        let legend = Legend(
            entries: Self.measures.map { .init(name: $0.name, paint: $0.2, marker: $0.3, line: nil) })
        let headHeight = Legend.height + 26
        let others = labelWidth + 14 + 8 + 4 * columnWidth
        let plotWidth = room.width(300, beside: others, least: 80)
        var page = Page(
            title: title,
            width: others + plotWidth,
            height: headHeight + Double(scores.count) * Self.rowHeight + 16)
        let content = page.content
        legend.draw(in: &page.sketch, x: content.x, y: content.y)
        let area = PlotArea(
            frame: Rectangle(
                x: content.x + labelWidth + 14, y: content.y + headHeight, width: plotWidth,
                height: Double(scores.count) * Self.rowHeight),
            x: axis, y: Axis(wholeNumbers: 1...max(scores.count, 1)))
        drawBackground(in: &page.sketch, area)
        for (row, score) in scores.enumerated() {
            let middle = area.frame.y + (Double(row) + 0.5) * Self.rowHeight
            page.sketch.group("Class \(score.name)") { group in
                draw(score, at: middle, area, in: &group)
            }
        }
        return page
    }

    private func drawBackground(in sketch: inout Sketch, _ area: PlotArea) {
        let frame = area.frame
        let style = TextStyle(size: PlotArea.labelSize, anchor: .middle, paint: .muted)
        for tick in area.x.ticks {
            let x = area.point(tick.value, 1).x
            sketch.line(x, frame.y, x, frame.maxY + 3, Stroke(.grid, width: 0.75))
            sketch.text(tick.label, x: x, baseline: frame.maxY + 13, style)
        }
        sketch.line(frame.x, frame.maxY, frame.maxX, frame.maxY, Stroke(.muted))
        for (index, name) in (Self.measures.map(\.name) + ["pictures"]).enumerated() {
            sketch.text(
                name, x: columnEnd(index, frame), baseline: frame.y - 6,
                TextStyle(size: PlotArea.labelSize, anchor: .end, paint: .muted))
        }
    }

    private func draw(_ score: ClassScore, at middle: Double, _ area: PlotArea, in sketch: inout Sketch) {
        sketch.text(score.name, x: area.frame.x - 10, middle: middle, TextStyle(size: 10, anchor: .end))
        sketch.line(area.frame.x, middle, area.frame.maxX, middle, Stroke(.grid, width: 0.5))
        for (index, (_, value, paint, marker)) in Self.measures.enumerated() {
            let value = value(score)
            if value.isFinite {
                sketch.marker(
                    marker, at: Point(x: area.point(value, 1).x, y: middle), radius: 3.5, paint: paint)
            }
            sketch.text(
                Self.percent(value), x: columnEnd(index, area.frame), middle: middle,
                TextStyle(size: 9.5, anchor: .end))
        }
        sketch.text(
            NumberText.grouped(score.count), x: columnEnd(Self.measures.count, area.frame), middle: middle,
            TextStyle(size: 9.5, anchor: .end, paint: .muted))
    }

    private func columnEnd(_ index: Int, _ frame: Rectangle) -> Double {
        frame.maxX + 8 + Double(index + 1) * columnWidth
    }

    private static func percent(_ value: Double) -> String {
        value.isFinite ? NumberText.percent(value) : "–"
    }

    var description: String {
        let known = scores.filter(\.f1.isFinite)
        guard let worst = known.min(by: { $0.f1 < $1.f1 }), let best = known.max(by: { $0.f1 < $1.f1 }) else {
            return "Precision, recall and F1 of \(scores.count) classes; none is defined."
        }
        return "Precision, recall and F1 of \(scores.count == 1 ? "1 class" : "\(scores.count) classes"). "
            + "The best F1 is \(Self.percent(best.f1)) for \(best.name), the worst "
            + "\(Self.percent(worst.f1)) for \(worst.name)."
    }

    var table: FigureTable {
        FigureTable(
            header: ["Class", "Precision", "Recall", "F1", "Pictures"],
            rows: scores.map { score in
                [score.name] + Self.measures.map { Self.percent($0.value(score)) }
                    + [NumberText.grouped(score.count)]
            })
    }
}
