internal import PlainText

/// Accuracy under one kind of change of the pictures.
public struct RobustnessCurve: Hashable, Sendable {
    /// The kind of change, such as `Rotation`.
    public var name: String
    /// What the amounts are, such as `degrees`.
    public var unit: String
    /// How strong the change is; rising.
    public var amounts: [Double]
    /// The accuracy at each of them, 0…1. A number that is not finite leaves a gap.
    public var accuracies: [Double]

    /// Creates a curve.
    /// - Precondition: there are at least two amounts, they are finite and rise, and each has an accuracy.
    public init(name: String, unit: String, amounts: [Double], accuracies: [Double]) {
        precondition(
            amounts.count == accuracies.count && amounts.count >= 2,
            "\(amounts.count) amounts and \(accuracies.count) accuracies are not a curve.")
        precondition(
            zip(amounts, amounts.dropFirst()).allSatisfy { $0 < $1 } && amounts.allSatisfy(\.isFinite),
            "The amounts of '\(name)' must be finite and rise.")
        self.name = name
        self.unit = unit
        self.amounts = amounts
        self.accuracies = accuracies
    }
}

extension Figure {
    /// Accuracy under changes of the pictures, a small chart for each kind, all with the same scale.
    /// - Parameters:
    ///   - curves: the kinds of change; at least one.
    ///   - cleanAccuracy: the accuracy on unchanged pictures, 0…1, as a line across; `nil` for none.
    ///   - title: what was evaluated.
    public static func robustness(
        _ curves: [RobustnessCurve], cleanAccuracy: Double? = nil, title: String = "Robustness"
    ) -> Figure {
        precondition(!curves.isEmpty, "A figure of robustness needs at least one curve.")
        let chart = RobustnessChart(curves: curves, cleanAccuracy: cleanAccuracy, room: .wide)
        return Figure(description: chart.description, table: chart.table) { room in
            RobustnessChart(curves: curves, cleanAccuracy: cleanAccuracy, room: room).page(title: title)
        }
    }
}

private struct RobustnessChart {
    let curves: [RobustnessCurve]
    let cleanAccuracy: Double?
    let room: Room

    private static let plot = Size(width: 230, height: 140)
    private static let gap = 26.0
    private static let above = 22.0

    func page(title: String) -> Page {
        let axis = Axis(
            around: curves.flatMap(\.accuracies) + (cleanAccuracy.map { [$0] } ?? []), within: 0...1, .percent
        )
        let margin = PlotArea.leftMargin(axis)
        let columns = min(room == .wide ? 2 : 1, curves.count)
        let rows = (curves.count + columns - 1) / columns
        let width = margin + Self.plot.width + Self.gap
        let height = Self.above + Self.plot.height + PlotArea.bottomMargin + 14
        var page = Page(
            title: title,
            notes: notes, width: Double(columns) * width - Self.gap, height: Double(rows) * height - 14)
        for (index, curve) in curves.enumerated() {
            let frame = Rectangle(
                x: page.content.x + Double(index % columns) * width + margin,
                y: page.content.y + Double(index / columns) * height + Self.above, width: Self.plot.width,
                height: Self.plot.height)
            page.sketch.group(curve.name) { group in
                draw(curve, axis, frame, in: &group)
            }
        }
        return page
    }

    private var notes: [String] {
        var notes: [String] = []
        if let cleanAccuracy {
            notes.append("Dashed line: accuracy on unchanged pictures, \(NumberText.percent(cleanAccuracy)).")
        }
        for curve in curves where !curve.accuracies.allSatisfy(\.isFinite) {
            let missing = zip(curve.amounts, curve.accuracies).filter { !$0.1.isFinite }
                .map { ScaleBar.text(Float($0.0)) }
            notes.append(
                "Gap: the accuracy is not a number for \(curve.name) at \(missing.joined(separator: ", ")).")
        }
        return notes
    }

    private func draw(_ curve: RobustnessCurve, _ axis: Axis, _ frame: Rectangle, in sketch: inout Sketch) {
        // Room beside the outermost marks.
        let extent = curve.amounts[curve.amounts.count - 1] - curve.amounts[0]
        let amounts = Axis(
            curve.amounts[0] - 0.03 * extent...curve.amounts[curve.amounts.count - 1] + 0.03 * extent, most: 7
        )
        let area = PlotArea(frame: frame, x: amounts, y: axis)
        sketch.text(
            TextMetrics.shortened(curve.name, width: frame.width, size: 11, isBold: true), x: frame.x,
            baseline: frame.y - 8, TextStyle(size: 11, isBold: true))
        area.drawAxes(in: &sketch, xTitle: curve.unit)
        if let cleanAccuracy, cleanAccuracy.isFinite {
            let y = area.point(amounts.domain.lowerBound, cleanAccuracy).y
            sketch.line(frame.x, y, frame.maxX, y, Stroke(.ink, width: 1, dashes: [4, 3]))
        }
        let points = zip(curve.amounts, curve.accuracies).map { amount, accuracy in
            accuracy.isFinite ? area.point(amount, accuracy) : nil
        }
        for run in points.split(separator: nil) {
            sketch.line(run.compactMap { $0 }, Stroke(.blue, width: 1.75))
        }
        for point in points.compactMap({ $0 }) {
            sketch.marker(.disc, at: point, radius: 3, paint: .blue)
        }
    }

    var description: String {
        var sentences = curves.map { curve in
            let finite = zip(curve.amounts, curve.accuracies).filter { $0.1.isFinite }
            guard let worst = finite.min(by: { $0.1 < $1.1 }) else {
                return "\(curve.name): no numbers."
            }
            return "\(curve.name): lowest accuracy \(NumberText.percent(worst.1)) at "
                + "\(ScaleBar.text(Float(worst.0))) \(curve.unit)."
        }
        if let cleanAccuracy {
            sentences.insert("Accuracy on unchanged pictures: \(NumberText.percent(cleanAccuracy)).", at: 0)
        }
        return sentences.joined(separator: " ")
    }

    var table: FigureTable {
        FigureTable(
            header: ["Change", "Amount", "Unit", "Accuracy"],
            rows: curves.flatMap { curve in
                zip(curve.amounts, curve.accuracies).map { amount, accuracy in
                    [
                        curve.name, ScaleBar.text(Float(amount)), curve.unit,
                        accuracy.isFinite ? NumberText.percent(accuracy) : "not a number",
                    ]
                }
            })
    }
}
