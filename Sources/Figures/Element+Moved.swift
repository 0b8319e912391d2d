extension Element {
    /// The same elsewhere.
    package func moved(x: Double, y: Double) -> Element {
        func moved(_ point: Point) -> Point { Point(x: point.x + x, y: point.y + y) }
        func moved(_ box: Rectangle) -> Rectangle {
            Rectangle(x: box.x + x, y: box.y + y, width: box.width, height: box.height)
        }
        switch self {
        case .line(let points, let stroke): return .line(points.map(moved), stroke)
        case .polygon(let points, let fill, let border):
            return .polygon(points.map(moved), fill: fill, border: border)
        case .rectangle(let box, let fill, let border):
            return .rectangle(moved(box), fill: fill, border: border)
        case .circle(let center, let radius, let fill, let border):
            return .circle(moved(center), radius: radius, fill: fill, border: border)
        case .text(let text, let point, let style): return .text(text, at: moved(point), style)
        case .image(let pixels, let box): return .image(pixels, in: moved(box))
        case .group(let title, let clip, let elements):
            return .group(
                title: title, clip: clip.map(moved), elements.map { $0.moved(x: x, y: y) })
        }
    }
}
