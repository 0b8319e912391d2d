internal import PlainText

/// What was measured in each epoch of a training.
public struct TrainingCurves: Hashable, Sendable {
    /// Mean loss on the training set, an epoch each. A number that is not finite leaves a gap.
    public var trainingLoss: [Double]
    /// Accuracy on the training set, 0…1.
    public var trainingAccuracy: [Double]
    /// Mean loss on the validation set; empty where there is none.
    public var validationLoss: [Double]
    /// Accuracy on the validation set, 0…1; empty where there is none.
    public var validationAccuracy: [Double]
    /// The epoch whose weights were kept, from 1; `nil` where that is not known.
    public var bestEpoch: Int?
    /// The label smoothing of the training loss, 0…1; the validation loss is without.
    public var labelSmoothing: Float = 0

    /// Creates curves.
    /// - Precondition: all lists that are not empty have the same length, at least 1, and the best epoch is one of them.
    public init(
        trainingLoss: [Double], trainingAccuracy: [Double], validationLoss: [Double] = [],
        validationAccuracy: [Double] = [], bestEpoch: Int? = nil
    ) {
        let count = trainingLoss.count
        precondition(count > 0, "Curves need at least one epoch.")
        for list in [trainingAccuracy, validationLoss, validationAccuracy] where !list.isEmpty {
            precondition(list.count == count, "A curve of \(list.count) epochs does not fit \(count).")
        }
        if let bestEpoch {
            precondition((1...count).contains(bestEpoch), "Epoch \(bestEpoch) is not one of \(count).")
        }
        self.trainingLoss = trainingLoss
        self.trainingAccuracy = trainingAccuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.bestEpoch = bestEpoch
    }
}

extension Figure {
    /// Loss and accuracy over the epochs, for training and validation, with the best epoch marked.
    /// - Parameters:
    ///   - curves: the numbers.
    ///   - title: what was trained.
    public static func trainingCurves(_ curves: TrainingCurves, title: String = "Training") -> Figure {
        let chart = TrainingCurvesChart(curves: curves, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            TrainingCurvesChart(curves: curves, room: room).page(title: title)
        }
    }
}

private struct TrainingCurvesChart {
    let curves: TrainingCurves
    let room: Room

    private struct Series {
        let name: String
        let values: [Double]
        let paint: Paint
        let marker: Marker
        let dashes: [Double]
    }

    private static let gap = 24.0
    private static let above = 46.0
    private static let plotHeight = 190.0

    private var epochs: ClosedRange<Int> { 1...curves.trainingLoss.count }

    func page(title: String) -> Page {
        let loss = series(curves.trainingLoss, curves.validationLoss)
        let accuracy = series(curves.trainingAccuracy, curves.validationAccuracy)
        let lossAxis = Axis(
            around: loss.flatMap(\.values) + [0], within: 0...Double.greatestFiniteMagnitude / 4)
        let accuracyAxis = Axis(around: accuracy.flatMap(\.values), within: 0...1, .percent)
        let lossMargin = PlotArea.leftMargin(lossAxis)
        let accuracyMargin = PlotArea.leftMargin(accuracyAxis)
        let legend = Legend(
            entries: loss.map {
                Legend.Entry(
                    name: $0.name, paint: $0.paint, marker: $0.marker,
                    line: Stroke($0.paint, width: 1.75, dashes: $0.dashes))
            })

        let isWide = room == .wide
        let plotWidth = room.width(300, beside: max(lossMargin, accuracyMargin), least: 200)
        let panelHeight = Self.above + Self.plotHeight + PlotArea.bottomMargin
        var page = Page(
            title: title, notes: smoothing + gaps(loss, "loss") + gaps(accuracy, "accuracy"),
            width: isWide
                ? lossMargin + accuracyMargin + 2 * plotWidth + Self.gap
                : max(lossMargin, accuracyMargin) + plotWidth,
            height: Legend.height + (isWide ? 1 : 2) * panelHeight)
        let content = page.content
        legend.draw(in: &page.sketch, x: content.x, y: content.y)
        let top = content.y + Legend.height + Self.above
        let lossFrame = Rectangle(
            x: content.x + lossMargin, y: top, width: plotWidth, height: Self.plotHeight)
        let accuracyFrame = Rectangle(
            x: accuracyMargin + (isWide ? lossFrame.maxX + Self.gap : content.x),
            y: top + (isWide ? 0 : panelHeight), width: plotWidth, height: Self.plotHeight)
        draw("Loss", loss, lossAxis, lossFrame, text: Self.lossText, in: &page.sketch)
        draw("Accuracy", accuracy, accuracyAxis, accuracyFrame, text: Self.accuracyText, in: &page.sketch)
        return page
    }

    private func series(_ training: [Double], _ validation: [Double]) -> [Series] {
        [
            Series(name: "training", values: training, paint: .blue, marker: .disc, dashes: []),
            Series(
                name: "validation", values: validation, paint: .vermilion, marker: .square, dashes: [5, 3.5]),
        ].filter { !$0.values.isEmpty }
    }

    private func draw(
        _ name: String, _ series: [Series], _ axis: Axis, _ frame: Rectangle, text: (Double) -> String,
        in sketch: inout Sketch
    ) {
        let area = PlotArea(frame: frame, x: Axis(wholeNumbers: epochs), y: axis)
        sketch.text(name, x: frame.x, baseline: frame.y - 22, TextStyle(size: 11, isBold: true))
        area.drawAxes(in: &sketch, xTitle: "epoch")
        if let best = curves.bestEpoch { drawBest(best, in: &sketch, area) }
        for one in series {
            sketch.group("\(name), \(one.name)") { group in
                Self.draw(one, area, in: &group)
            }
        }
        // A single epoch is no curve: its numbers say more than the places of its marks.
        guard epochs.count == 1 else { return }
        // The first stands at the left of its mark, the second at the right.
        for (one, side) in zip(series, [-1.0, 1]) where one.values[0].isFinite {
            let point = area.point(1, one.values[0])
            sketch.text(
                text(one.values[0]), x: point.x + side * 8, middle: point.y,
                TextStyle(anchor: side < 0 ? .end : .start))
        }
    }

    private static func lossText(_ loss: Double) -> String { NumberText.fixed(loss, decimals: 4) }
    private static func accuracyText(_ accuracy: Double) -> String { NumberText.percent(accuracy) }

    /// Why the losses of training and validation lie apart, where labels are smoothed.
    private var smoothing: [String] {
        guard curves.labelSmoothing > 0, !curves.validationLoss.isEmpty else { return [] }
        return [
            "The training loss is higher because its labels are smoothed by \(NumberText.plain(curves.labelSmoothing)): "
                + "even perfect answers have a loss. The validation loss is without smoothing: compare the accuracies."
        ]
    }

    private func drawBest(_ epoch: Int, in sketch: inout Sketch, _ area: PlotArea) {
        let x = area.point(Double(epoch), area.y.domain.lowerBound).x
        let label = "best: epoch \(epoch)"
        let half = TextMetrics.width(of: label, size: PlotArea.labelSize) / 2
        // The label stays within the frame's width.
        let place = min(max(x, area.frame.x + half), area.frame.maxX - half)
        sketch.group("Best epoch: \(epoch)") { group in
            group.line(x, area.frame.y - 3, x, area.frame.maxY, Stroke(.green, width: 1.5, dashes: [2, 3]))
            group.text(
                label, x: place, baseline: area.frame.y - 8,
                TextStyle(size: PlotArea.labelSize, anchor: .middle))
        }
    }

    /// Lines between neighbouring epochs that both have a number; a mark on each while there is room, and always where no
    /// line meets it.
    private static func draw(_ series: Series, _ area: PlotArea, in sketch: inout Sketch) {
        let points = series.values.enumerated().map { index, value in
            value.isFinite ? area.point(Double(index + 1), value) : nil
        }
        for run in points.split(separator: nil) {
            let run = run.compactMap { $0 }
            if run.count > 1 {
                sketch.line(run, Stroke(series.paint, width: 1.75, dashes: series.dashes))
            }
            if run.count == 1 || points.count <= 30 {
                for point in run {
                    sketch.marker(series.marker, at: point, radius: 3, paint: series.paint)
                }
            }
        }
    }

    /// A sentence for each series that has numbers that are not finite.
    private func gaps(_ series: [Series], _ quantity: String) -> [String] {
        series.compactMap { one in
            let missing = one.values.indices.filter { !one.values[$0].isFinite }.map { $0 + 1 }
            guard !missing.isEmpty else { return nil }
            return "Gap: the \(one.name) \(quantity) is not a finite number in "
                + "\(missing.count == 1 ? "epoch" : "epochs") \(Self.ranges(missing))."
        }
    }

    /// `3, 5–8`.
    private static func ranges(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
            .joined(separator: ", ")
    }

    var description: String {
        let count = epochs.count
        var sentences = ["Loss and accuracy over \(count == 1 ? "1 epoch" : "\(count) epochs")."]
        for one in series(curves.trainingAccuracy, curves.validationAccuracy) {
            let last = one.values.last.map { $0.isFinite ? NumberText.percent($0) : "not a number" }
            if let last { sentences.append("The \(one.name) accuracy ends at \(last).") }
        }
        if let best = curves.bestEpoch { sentences.append("The best epoch is \(best).") }
        return sentences.joined(separator: " ")
    }

    var table: FigureTable {
        FigureTable(
            header: [
                "Epoch", "Training loss", "Training accuracy", "Validation loss", "Validation accuracy",
                "Best",
            ],
            rows: epochs.map { epoch in
                func cell(_ values: [Double], _ text: (Double) -> String) -> String {
                    values.isEmpty
                        ? "–" : values[epoch - 1].isFinite ? text(values[epoch - 1]) : "not a number"
                }
                return [
                    String(epoch), cell(curves.trainingLoss, Self.lossText),
                    cell(curves.trainingAccuracy, Self.accuracyText),
                    cell(curves.validationLoss, Self.lossText),
                    cell(curves.validationAccuracy, Self.accuracyText),
                    epoch == curves.bestEpoch ? "best" : "",
                ]
            })
    }
}
