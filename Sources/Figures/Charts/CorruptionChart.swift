internal import PlainText

/// Accuracy under one corruption, beside a picture that shows it.
public struct CorruptionBar: Hashable, Sendable {
    /// A corrupted picture; 0 is paper, 1 is ink.
    public var image: ValueMap
    /// The corruption's name.
    public var name: String
    /// The accuracy, 0…1.
    public var accuracy: Double
    /// Pictures that were read right.
    public var correct: Int
    /// All pictures.
    public var count: Int

    /// Creates a bar.
    public init(image: ValueMap, name: String, accuracy: Double, correct: Int, count: Int) {
        self.image = image
        self.name = name
        self.accuracy = accuracy
        self.correct = correct
        self.count = count
    }
}

extension Figure {
    /// Accuracy under several corruptions as bars from 0 to 100 %, each beside a picture that shows what was done.
    /// - Parameters:
    ///   - bars: the corruptions, in order; at least one.
    ///   - cleanAccuracy: the accuracy on unchanged pictures, 0…1, as a line across; `nil` for none.
    ///   - title: what was evaluated.
    public static func corruptions(
        _ bars: [CorruptionBar], cleanAccuracy: Double? = nil, title: String = "Corruptions"
    ) -> Figure {
        precondition(!bars.isEmpty, "A figure of corruptions needs at least one.")
        let chart = CorruptionChart(bars: bars, cleanAccuracy: cleanAccuracy, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            CorruptionChart(bars: bars, cleanAccuracy: cleanAccuracy, room: room).page(title: title)
        }
    }
}

private struct CorruptionChart {
    let bars: [CorruptionBar]
    let cleanAccuracy: Double?
    let room: Room

    private static let side = 32.0
    private static let rowHeight = 38.0
    private static let barHeight = 16.0
    private static let gap = 10.0

    func page(title: String) -> Page {
        let valueWidth = TextMetrics.width(of: NumberText.percent(1), size: 10)
        let left = Self.side + Self.gap + nameWidth + Self.gap
        let height = Double(bars.count) * Self.rowHeight
        let others = left + Self.gap + valueWidth
        let barWidth = room.width(260, beside: others, least: 90)
        var page = Page(
            title: title, notes: notes, width: others + barWidth,
            height: height + PlotArea.bottomMargin)
        let content = page.content
        let area = PlotArea(
            frame: Rectangle(x: content.x + left, y: content.y, width: barWidth, height: height),
            x: Axis(0...1, .percent, most: room == .wide ? 6 : 3), y: Axis(empty: Axis(0...1)))
        drawBackground(in: &page.sketch, area)
        for (row, bar) in bars.enumerated() {
            let middle = content.y + (Double(row) + 0.5) * Self.rowHeight
            page.sketch.group("\(bar.name): \(NumberText.percent(bar.accuracy))") { group in
                draw(bar, at: middle, area, in: &group)
            }
        }
        drawCleanAccuracy(in: &page.sketch, area)
        return page
    }

    private func drawBackground(in sketch: inout Sketch, _ area: PlotArea) {
        let frame = area.frame
        for tick in area.x.ticks {
            let x = area.point(tick.value, 0).x
            sketch.line(x, frame.y, x, frame.maxY + 3, Stroke(.grid, width: 0.75))
            sketch.text(
                tick.label, x: x, baseline: frame.maxY + 13,
                TextStyle(size: PlotArea.labelSize, anchor: .middle, paint: .muted))
        }
        sketch.line(frame.x, frame.y, frame.x, frame.maxY, Stroke(.muted))
    }

    private func draw(_ bar: CorruptionBar, at middle: Double, _ area: PlotArea, in sketch: inout Sketch) {
        let frame = area.frame
        sketch.image(
            bar.image.pixels(.ink, over: 0...1),
            in: Rectangle(
                x: frame.x - Self.gap - nameWidth - Self.gap - Self.side, y: middle - Self.side / 2,
                width: Self.side, height: Self.side))
        sketch.text(
            bar.name, x: frame.x - Self.gap, middle: middle, TextStyle(size: 10, anchor: .end))
        let end = area.point(bar.accuracy, 0).x
        sketch.rectangle(
            Rectangle(
                x: frame.x, y: middle - Self.barHeight / 2, width: end - frame.x, height: Self.barHeight),
            fill: .blue)
        sketch.text(
            NumberText.percent(bar.accuracy), x: frame.maxX + Self.gap, middle: middle, TextStyle(size: 10))
    }

    private var nameWidth: Double { bars.map { TextMetrics.width(of: $0.name, size: 10) }.max() ?? 0 }

    private func drawCleanAccuracy(in sketch: inout Sketch, _ area: PlotArea) {
        guard let cleanAccuracy else { return }
        let x = area.point(cleanAccuracy, 0).x
        sketch.line(x, area.frame.y, x, area.frame.maxY, Stroke(.ink, width: 1, dashes: [4, 3]))
    }

    private var mean: Double { bars.reduce(0) { $0 + $1.accuracy } / Double(bars.count) }

    private var notes: [String] {
        let mean = "Mean of all: \(NumberText.percent(mean))."
        guard let cleanAccuracy else { return [mean] }
        return [mean, "Dashed line: accuracy on unchanged pictures, \(NumberText.percent(cleanAccuracy))."]
    }

    var description: String {
        let worst = bars.min { $0.accuracy < $1.accuracy }
        let best = bars.max { $0.accuracy < $1.accuracy }
        guard let worst, let best else { return "" }
        return "Accuracy under \(bars.count == 1 ? "1 corruption" : "\(bars.count) corruptions"), on average "
            + "\(NumberText.percent(mean)). Lowest: \(worst.name), \(NumberText.percent(worst.accuracy)). "
            + "Highest: \(best.name), \(NumberText.percent(best.accuracy))."
    }

    var table: FigureTable {
        FigureTable(
            header: ["Corruption", "Accuracy", "Read right", "Pictures"],
            rows: bars.map {
                [
                    $0.name, NumberText.percent($0.accuracy), NumberText.grouped($0.correct),
                    NumberText.grouped($0.count),
                ]
            })
    }
}
