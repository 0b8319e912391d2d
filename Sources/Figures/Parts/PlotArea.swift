/// A frame with two axes.
package struct PlotArea {
    /// The frame; marks' labels lie outside it.
    package let frame: Rectangle
    /// From left to right.
    package let x: Axis
    /// From bottom to top.
    package let y: Axis

    /// Creates a field.
    package init(frame: Rectangle, x: Axis, y: Axis) {
        self.frame = frame
        self.x = x
        self.y = y
    }

    /// How much room the labels of a vertical axis need beside the frame.
    package static func leftMargin(_ axis: Axis) -> Double {
        (axis.ticks.map { TextMetrics.width(of: $0.label, size: labelSize) }.max() ?? 0) + 6
    }
    /// How much room the labels of a horizontal axis and its title need under the frame.
    package static let bottomMargin = 30.0
    /// The size of the labels.
    package static let labelSize = 9.0

    /// Where a pair of numbers lies; both must be finite.
    package func point(_ xValue: Double, _ yValue: Double) -> Point {
        func share(_ value: Double, _ axis: Axis) -> Double {
            (value - axis.domain.lowerBound) / (axis.domain.upperBound - axis.domain.lowerBound)
        }
        return Point(
            x: frame.x + share(xValue, x) * frame.width, y: frame.maxY - share(yValue, y) * frame.height)
    }

    /// Draws the lines of the background, the axes, and the labels.
    func drawAxes(in sketch: inout Sketch, xTitle: String) {
        let style = TextStyle(size: Self.labelSize, paint: .muted)
        for tick in y.ticks {
            let height = point(x.domain.lowerBound, tick.value).y
            sketch.line(frame.x, height, frame.maxX, height, Stroke(.grid, width: 0.75))
            var right = style
            right.anchor = .end
            sketch.text(tick.label, x: frame.x - 5, middle: height, right)
        }
        sketch.line(frame.x, frame.maxY, frame.maxX, frame.maxY, Stroke(.muted))
        var middle = style
        middle.anchor = .middle
        for tick in x.ticks {
            let place = point(tick.value, y.domain.lowerBound).x
            sketch.line(place, frame.maxY, place, frame.maxY + 3, Stroke(.muted))
            sketch.text(tick.label, x: place, baseline: frame.maxY + 13, middle)
        }
        sketch.text(xTitle, x: frame.midX, baseline: frame.maxY + 26, middle)
    }
}
