/// Elements in the making.
struct Sketch {
    /// What was drawn so far.
    private(set) var elements: [Element] = []

    /// Draws a text whose baseline starts, has its middle or ends at a point.
    mutating func text(_ text: String, x: Double, baseline: Double, _ style: TextStyle = TextStyle()) {
        guard !text.isEmpty else { return }
        elements.append(.text(text, at: Point(x: x, y: baseline), style))
    }

    /// Draws a text whose figures and capitals have their vertical middle at `middle`.
    mutating func text(_ text: String, x: Double, middle: Double, _ style: TextStyle = TextStyle()) {
        self.text(text, x: x, baseline: middle + TextMetrics.capitalHeight / 2 * style.size, style)
    }

    /// Draws a text that runs upwards, its middle at (`x`, `y`).
    mutating func upwardText(_ text: String, x: Double, y: Double, _ style: TextStyle) {
        var style = style
        style.runsUpwards = true
        style.anchor = .middle
        elements.append(
            .text(text, at: Point(x: x + TextMetrics.capitalHeight / 2 * style.size, y: y), style))
    }

    /// Draws a straight line.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ stroke: Stroke) {
        elements.append(.line([Point(x: x1, y: y1), Point(x: x2, y: y2)], stroke))
    }

    /// Draws straight lines from point to point.
    mutating func line(_ points: [Point], _ stroke: Stroke) {
        elements.append(.line(points, stroke))
    }

    /// Draws a rectangle.
    mutating func rectangle(_ rectangle: Rectangle, fill: Paint? = nil, border: Stroke? = nil) {
        elements.append(.rectangle(rectangle, fill: fill, border: border))
    }

    /// Draws a picture with a thin frame around it.
    mutating func image(_ pixels: Pixels, in rectangle: Rectangle) {
        elements.append(.image(pixels, in: rectangle))
        self.rectangle(rectangle, border: Stroke(.grid, width: 0.75))
    }

    /// Draws a cross.
    mutating func cross(around center: Point, radius: Double, _ stroke: Stroke) {
        line(center.x - radius, center.y - radius, center.x + radius, center.y + radius, stroke)
        line(center.x - radius, center.y + radius, center.x + radius, center.y - radius, stroke)
    }

    /// Draws a mark for a value.
    mutating func marker(_ marker: Marker, at center: Point, radius: Double, paint: Paint) {
        func polygon(_ corners: [(Double, Double)]) -> Element {
            .polygon(
                corners.map { Point(x: center.x + radius * $0.0, y: center.y + radius * $0.1) }, fill: paint,
                border: nil)
        }
        switch marker {
        case .disc: elements.append(.circle(center, radius: radius, fill: paint, border: nil))
        case .square: elements.append(polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]))
        case .triangle: elements.append(polygon([(0, -1.15), (1.1, 0.85), (-1.1, 0.85)]))
        case .diamond: elements.append(polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]))
        }
    }

    /// Draws what `draw` draws as one group with a title.
    mutating func group(_ title: String? = nil, clip: Rectangle? = nil, _ draw: (inout Sketch) -> Void) {
        var inner = Sketch()
        draw(&inner)
        elements.append(.group(title: title, clip: clip, inner.elements))
    }
}

/// The shape that marks a value, so that colour is not all that tells series apart.
enum Marker: Hashable, Sendable {
    case disc, square, triangle, diamond
}
