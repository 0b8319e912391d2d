/// A sign as it was written once, before it has a place: in heights of a digit, the baseline at y = 0 and the top at y = -1.
struct Glyph {
    /// What its ink is made of.
    enum Shape {
        /// Ways of a pen.
        case strokes([PenPath])
        /// A field of depths, and the map from steps of its grid to heights of a digit.
        case field(InkField, AffineMap)
    }

    let shape: Shape
    /// Places along the ink, each with how far the ink reaches around it.
    let outline: [PenPath.Point]

    /// A sign of pen strokes.
    init(strokes: [PenPath]) {
        shape = .strokes(strokes)
        outline = strokes.flatMap(\.points)
    }

    /// A sign of an image.
    init(field: InkField, map: AffineMap) {
        shape = .field(field, map)
        let reach = map.scale / 2
        outline = field.edge.map { PenPath.Point(place: map($0), radius: reach) }
    }

    /// The same with another width, its middle where it was. A pen's strokes stay as broad as they are; those of an image become as much
    /// broader where they are upright.
    func widened(by factor: Float) -> Glyph {
        func place(_ place: SIMD2<Float>) -> SIMD2<Float> { SIMD2(place.x * factor, place.y) }
        switch shape {
        case .strokes(let strokes):
            return Glyph(
                strokes: strokes.map { path in
                    path.mapped { PenPath.Point(place: place($0.place), radius: $0.radius) }
                })
        case .field(let field, let map):
            return Glyph(
                field: field,
                map: AffineMap(right: place(map.right), down: place(map.down), offset: place(map.offset)))
        }
    }

    /// The strokes, if it has any.
    var strokes: [PenPath] {
        if case .strokes(let strokes) = shape { strokes } else { [] }
    }
}

/// A glyph at its place on paper, and the ink it is written with. On paper, lengths are in pixels.
struct Item {
    var glyph: Glyph
    /// From the glyph's heights of a digit to paper.
    var map: AffineMap
    var ink: Ink
    /// Which digit it is, and of which line, counted from 0; nil for what is no digit.
    var digit: (value: Int, line: Int)?

    init(_ glyph: Glyph, at map: AffineMap, ink: Ink, digit: (value: Int, line: Int)? = nil) {
        self.glyph = glyph
        self.map = map
        self.ink = ink
        self.digit = digit
    }

    /// How broad its strokes are, on paper.
    var strokeWidth: Float {
        switch glyph.shape {
        case .strokes(let strokes): 2 * (strokes.first?.points.first?.radius ?? 0) * map.scale
        case .field(let field, let fieldMap): field.strokeWidth * fieldMap.scale * map.scale
        }
    }

    /// The rectangle around its ink, on paper.
    var bounds: Rectangle {
        let scale = map.scale
        var bounds = Rectangle.nothing
        for point in glyph.outline { bounds.include(map(point.place), reach: point.radius * scale) }
        return bounds
    }
}

/// A rectangle with sides along the axes.
struct Rectangle {
    var low: SIMD2<Float>
    var high: SIMD2<Float>

    /// The one that every place enlarges.
    static let nothing = Rectangle(
        low: SIMD2(repeating: .infinity), high: SIMD2(repeating: -.infinity))

    var isEmpty: Bool { low.x > high.x }
    var size: SIMD2<Float> { high - low }
    var center: SIMD2<Float> { (low + high) / 2 }

    /// Enlarges it so that it holds a place and `reach` around it.
    mutating func include(_ place: SIMD2<Float>, reach: Float = 0) {
        low = pointwiseMin(low, place - reach)
        high = pointwiseMax(high, place + reach)
    }

    /// Enlarges it so that it holds another one.
    mutating func include(_ other: Rectangle) {
        low = pointwiseMin(low, other.low)
        high = pointwiseMax(high, other.high)
    }

    /// Larger by as much on each side.
    func enlarged(by margin: Float) -> Rectangle { Rectangle(low: low - margin, high: high + margin) }
}
