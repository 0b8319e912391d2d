/// What is printed on paper before somebody writes on it: rules, squares, boxes, combs. All places are on paper, in pixels.
struct Furniture {
    let ink: Ink
    /// Half the width of its lines, in pixels.
    let halfWidth: Float
}

extension Furniture {
    /// Straight lines, each from one place to another.
    func lines(_ ends: [(SIMD2<Float>, SIMD2<Float>)]) -> Item {
        Item(
            Glyph(strokes: ends.map { PenPath(from: $0.0, to: $0.1, radius: halfWidth) }), at: AffineMap(),
            ink: ink)
    }

    /// A line of dots or dashes.
    func brokenLine(
        from start: SIMD2<Float>, to end: SIMD2<Float>, dash: Float, gap: Float
    ) -> Item {
        let way = end - start
        let length = (way.x * way.x + way.y * way.y).squareRoot()
        let step = way / max(length, 1)
        let count = min(Int(length / max(dash + gap, 1)), 500)
        return lines(
            (0..<count).map { index in
                let place = start + Float(index) * (dash + gap) * step
                return (place, place + dash * step)
            })
    }

    /// Level rules.
    func rules(in area: Rectangle, every step: Float, from first: Float) -> Item {
        lines(
            Self.places(area.low.y, area.high.y, every: step, from: first).map { y in
                (SIMD2(area.low.x, y), SIMD2(area.high.x, y))
            })
    }

    /// Squares.
    func squares(in area: Rectangle, every step: Float, from first: SIMD2<Float>) -> [Item] {
        let upright = lines(
            Self.places(area.low.x, area.high.x, every: step, from: first.x).map { x in
                (SIMD2(x, area.low.y), SIMD2(x, area.high.y))
            })
        return [rules(in: area, every: step, from: first.y), upright]
    }

    /// A box; of a comb, with `fields` of the same width, only the lowest part of the lines between them is `between` high, as a
    /// share of the whole.
    func box(_ area: Rectangle, fields: Int = 1, between: Float = 1) -> Item {
        let (low, high) = (area.low, area.high)
        var ends = [
            (low, SIMD2(high.x, low.y)), (SIMD2(low.x, high.y), high), (low, SIMD2(low.x, high.y)),
            (SIMD2(high.x, low.y), high),
        ]
        if fields > 1 {
            for field in 1..<fields {
                let x = low.x + area.size.x * Float(field) / Float(fields)
                ends.append((SIMD2(x, high.y - between * area.size.y), SIMD2(x, high.y)))
            }
        }
        return lines(ends)
    }

    /// The places `first + k · step` of a range.
    private static func places(_ low: Float, _ high: Float, every step: Float, from first: Float) -> [Float] {
        let start = ((low - first) / step).rounded(.up)
        let count = max(0, Int((high - first) / step - start) + 1)
        return (0..<min(count, 400)).map { first + (start + Float($0)) * step }
    }
}

extension PenPath {
    /// A straight way, in pieces short enough to be bent with the paper.
    init(from start: SIMD2<Float>, to end: SIMD2<Float>, radius: Float) {
        let way = end - start
        let count = max(1, Int(max(abs(way.x), abs(way.y)) / 12))
        self.init(
            points: (0...count).map { index in
                Point(place: start + Float(index) / Float(count) * way, radius: radius)
            })
    }
}
