internal import PlainText

/// The predictions whose confidence lies in one part of 0…1.
public struct ReliabilityBin: Hashable, Sendable {
    /// The confidences of the bin.
    public var confidences: ClosedRange<Double>
    /// How many predictions are in it.
    public var count: Int
    /// Their mean confidence; without meaning where there is none.
    public var meanConfidence: Double
    /// The share of them that is right; without meaning where there is none.
    public var accuracy: Double

    /// A bin with fewer predictions says little: the standard error of its accuracy may be above 10 points.
    public static let fewest = 25

    /// Creates a bin.
    public init(confidences: ClosedRange<Double>, count: Int, meanConfidence: Double, accuracy: Double) {
        self.confidences = confidences
        self.count = count
        self.meanConfidence = meanConfidence
        self.accuracy = accuracy
    }
}

/// A panel that shows how well confidence and accuracy agree, in bins.
public struct ReliabilityDiagram: Hashable, Sendable {
    /// What was measured, such as `before calibration`; may be empty.
    public var name: String
    /// The bins, from low to high.
    public var bins: [ReliabilityBin]
    /// Expected calibration error, 0…1.
    public var calibrationError: Double

    /// Creates a panel.
    public init(name: String = "", bins: [ReliabilityBin], calibrationError: Double) {
        self.name = name
        self.bins = bins
        self.calibrationError = calibrationError
    }
}

extension Figure {
    /// Reliability diagrams side by side: accuracy over confidence, and under it how the confidences are spread.
    ///
    /// Bars are accuracies; a line across a bar is the mean confidence of the same predictions. Where the line is above the
    /// bar's end the network is surer than it is right. Bars of fewer than `ReliabilityBin.fewest` predictions are hollow.
    /// - Parameters:
    ///   - panels: what to show; at least one.
    ///   - title: what was evaluated.
    public static func reliability(_ panels: [ReliabilityDiagram], title: String = "Reliability") -> Figure {
        precondition(!panels.isEmpty, "A reliability diagram needs at least one panel.")
        let chart = ReliabilityChart(panels: panels, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            ReliabilityChart(panels: panels, room: room).page(title: title)
        }
    }
}

private struct ReliabilityChart {
    let panels: [ReliabilityDiagram]
    let room: Room

    private static let side = 230.0
    private static let spreadHeight = 56.0
    private static let gap = 28.0
    /// Room for a panel's name and error.
    private static let above = 36.0
    private static let percents = Axis(0...1, .percent)
    private static let countSize = 8.0

    /// Room for how many predictions a bin has, written upwards.
    private var countsHeight: Double {
        panels.flatMap(\.bins).map {
            TextMetrics.width(of: NumberText.grouped($0.count), size: Self.countSize)
        }
        .max() ?? 0
    }

    func page(title: String) -> Page {
        let spreads = panels.map { panel in
            Axis(around: [0] + shares(of: panel), within: 0...1, .percent, most: 3)
        }
        let margin = ([Self.percents] + spreads).map(PlotArea.leftMargin).max()!
        let legend = Legend(
            entries: [
                .init(
                    name: "mean confidence", paint: .vermilion, marker: nil,
                    line: Stroke(.vermilion, width: 2.5)),
                .init(
                    name: "perfect agreement", paint: .ink, marker: nil,
                    line: Stroke(.ink, width: 1, dashes: [4, 3])),
            ])
        let columns = room == .wide ? panels.count : 1
        let rows = (panels.count + columns - 1) / columns
        let panelHeight =
            Self.above + Self.side + 26 + countsHeight + Self.spreadHeight + PlotArea.bottomMargin
        var page = Page(
            title: title,
            notes: [
                "Bars: share that is right among predictions of that confidence; under them how many these are. "
                    + "Hollow bars: fewer than \(ReliabilityBin.fewest), which say little."
            ],
            width: max(
                legend.width, Double(columns) * (margin + Self.side + Self.gap) - Self.gap),
            height: Legend.height + Double(rows) * panelHeight)
        legend.draw(in: &page.sketch, x: page.content.x, y: page.content.y)
        for (index, panel) in panels.enumerated() {
            let left = page.content.x + margin + Double(index % columns) * (margin + Self.side + Self.gap)
            let top =
                page.content.y + Legend.height + Double(index / columns) * panelHeight + Self.above
            let agreement = PlotArea(
                frame: Rectangle(x: left, y: top, width: Self.side, height: Self.side), x: Self.percents,
                y: Self.percents)
            let spread = PlotArea(
                frame: Rectangle(
                    x: left, y: agreement.frame.maxY + 26 + countsHeight, width: Self.side,
                    height: Self.spreadHeight),
                x: Self.percents, y: spreads[index])
            page.sketch.group(name(of: panel)) { group in
                drawHead(of: panel, above: agreement.frame, in: &group)
                draw(panel, agreement, in: &group)
                drawSpread(of: panel, spread, in: &group)
            }
        }
        return page
    }

    private func name(of panel: ReliabilityDiagram) -> String {
        panel.name.isEmpty ? "Reliability" : panel.name
    }

    private func drawHead(of panel: ReliabilityDiagram, above frame: Rectangle, in sketch: inout Sketch) {
        let width = frame.width
        sketch.text(
            TextMetrics.shortened(panel.name, width: width, size: 11, isBold: true), x: frame.x,
            baseline: frame.y - 20, TextStyle(size: 11, isBold: true))
        sketch.text(
            "calibration error (ECE): \(NumberText.percent(panel.calibrationError))", x: frame.x,
            baseline: frame.y - 7, TextStyle(size: 10))
    }

    private func draw(_ panel: ReliabilityDiagram, _ area: PlotArea, in sketch: inout Sketch) {
        drawGrid(area, labelsBelow: false, in: &sketch)
        for bin in panel.bins where bin.count > 0 {
            let left = area.point(bin.confidences.lowerBound, 0)
            let right = area.point(bin.confidences.upperBound, bin.accuracy)
            sketch.group(
                "Confidence \(range(bin)): \(NumberText.percent(bin.accuracy)) of "
                    + "\(NumberText.grouped(bin.count)) right"
            ) { group in
                let isHollow = bin.count < ReliabilityBin.fewest
                group.rectangle(
                    Rectangle(
                        x: left.x + 1, y: right.y, width: max(right.x - left.x - 2, 0.5),
                        height: left.y - right.y), fill: isHollow ? .paper : .blue,
                    border: isHollow ? Stroke(.blue, width: 0.75) : nil)
                let confidence = area.point(0, bin.meanConfidence).y
                group.line(
                    left.x + 2, confidence, right.x - 2, confidence,
                    Stroke(.vermilion, width: isHollow ? 1 : 2.5))
                // Where there are many bins, their table alone has room for numbers.
                let count = NumberText.grouped(bin.count)
                if right.x - left.x > Self.countSize {
                    group.upwardText(
                        count, x: (left.x + right.x) / 2,
                        y: area.frame.maxY + 4 + TextMetrics.width(of: count, size: Self.countSize) / 2,
                        TextStyle(size: Self.countSize, paint: .muted))
                }
            }
        }
        sketch.line(
            [area.point(0, 0), area.point(1, 1)], Stroke(.ink, width: 1, dashes: [4, 3]))
    }

    private func drawSpread(of panel: ReliabilityDiagram, _ area: PlotArea, in sketch: inout Sketch) {
        drawGrid(area, labelsBelow: true, in: &sketch)
        sketch.text(
            "share of the predictions", x: area.frame.x, baseline: area.frame.y - 5,
            TextStyle(size: PlotArea.labelSize, paint: .muted))
        for (bin, share) in zip(panel.bins, shares(of: panel)) {
            let left = area.point(bin.confidences.lowerBound, 0)
            let right = area.point(bin.confidences.upperBound, share)
            sketch.rectangle(
                Rectangle(
                    x: left.x + 1, y: right.y, width: max(right.x - left.x - 2, 0.5), height: left.y - right.y
                ),
                fill: .muted)
        }
    }

    private func drawGrid(_ area: PlotArea, labelsBelow: Bool, in sketch: inout Sketch) {
        if labelsBelow {
            area.drawAxes(in: &sketch, xTitle: "confidence")
        } else {
            PlotArea(frame: area.frame, x: Axis(empty: area.x), y: area.y).drawAxes(in: &sketch, xTitle: "")
        }
    }

    /// Each bin's share of the predictions.
    private func shares(of panel: ReliabilityDiagram) -> [Double] {
        let total = panel.bins.map(\.count).reduce(0, +)
        return panel.bins.map { total == 0 ? 0 : Double($0.count) / Double(total) }
    }

    private func range(_ bin: ReliabilityBin) -> String {
        "\(NumberText.percent(bin.confidences.lowerBound, decimals: 1)) to "
            + NumberText.percent(bin.confidences.upperBound, decimals: 1)
    }

    var description: String {
        panels.map { panel in
            "\(name(of: panel)): expected calibration error \(NumberText.percent(panel.calibrationError)) over "
                + "\(NumberText.grouped(panel.bins.map(\.count).reduce(0, +))) predictions."
        }.joined(separator: " ")
    }

    var table: FigureTable {
        FigureTable(
            header: ["Panel", "Confidence", "Predictions", "Mean confidence", "Accuracy"],
            rows: panels.flatMap { panel in
                panel.bins.map { bin in
                    [
                        name(of: panel), range(bin), NumberText.grouped(bin.count),
                        bin.count > 0 ? NumberText.percent(bin.meanConfidence) : "–",
                        bin.count > 0 ? NumberText.percent(bin.accuracy) : "–",
                    ]
                }
            })
    }
}
