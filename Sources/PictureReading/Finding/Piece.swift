/// A component, and the rectangle around it among level lines.
struct Piece: Hashable {
    let component: Component
    let area: Area

    var height: Double { area.bottom - area.top }
    var middle: (row: Double, column: Double) {
        ((area.top + area.bottom) / 2, (area.left + area.right) / 2)
    }
}

extension Components {
    /// Components as they lie when lines are level, in their order.
    func pieces(_ chosen: [Component], _ direction: WritingDirection) -> [Piece] {
        guard direction != .level else { return chosen.map { Piece(component: $0, area: Area($0.box)) } }
        let areas = areas(direction)
        return chosen.map { Piece(component: $0, area: areas[Int($0.label) - 1]) }
    }

    /// The rectangle around each component when lines are level.
    private func areas(_ direction: WritingDirection) -> [Area] {
        var areas = [Area](
            repeating: Area(top: .infinity, left: .infinity, bottom: -.infinity, right: -.infinity),
            count: all.count)
        labels.withUnsafeBufferPointer { labels in
            for start in stride(from: 0, to: labels.count, by: max(1, width)) {
                var column = 0
                while column < width {
                    let label = labels[start + column]
                    let first = column
                    while column < width, labels[start + column] == label { column += 1 }
                    guard label > 0 else { continue }
                    // What lies between a row's ends reaches no further.
                    for end in [first, column - 1] {
                        let place = direction.place(
                            row: Double(start / width) + 0.5, column: Double(end) + 0.5)
                        areas[Int(label) - 1].include(row: place.row, column: place.column, reach: 0.5)
                    }
                }
            }
        }
        return areas
    }
}

extension Area {
    fileprivate mutating func include(row: Double, column: Double, reach: Double) {
        (top, bottom) = (min(top, row - reach), max(bottom, row + reach))
        (left, right) = (min(left, column - reach), max(right, column + reach))
    }
}
