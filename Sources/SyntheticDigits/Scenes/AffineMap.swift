/// A map of places in the plane that keeps straight lines straight and parallel ones parallel:
/// `(x, y) → x · right + y · down + offset`.
struct AffineMap {
    /// Where a step of one unit to the right leads.
    var right: SIMD2<Float>
    /// Where a step of one unit down leads.
    var down: SIMD2<Float>
    /// Where the origin goes.
    var offset: SIMD2<Float>

    init(right: SIMD2<Float>, down: SIMD2<Float>, offset: SIMD2<Float>) {
        self.right = right
        self.down = down
        self.offset = offset
    }

    /// Enlarges by `scale`, then moves.
    init(scale: Float = 1, offset: SIMD2<Float> = .zero) {
        self.init(right: SIMD2(scale, 0), down: SIMD2(0, scale), offset: offset)
    }

    func callAsFunction(_ place: SIMD2<Float>) -> SIMD2<Float> {
        place.x * right + place.y * down + offset
    }

    /// The map that does `first` and then this one.
    func after(_ first: AffineMap) -> AffineMap {
        AffineMap(
            right: self(first.right) - offset, down: self(first.down) - offset, offset: self(first.offset))
    }

    /// By how much areas grow.
    var determinant: Float { right.x * down.y - right.y * down.x }

    /// By how much lengths grow in the mean over directions.
    var scale: Float { abs(determinant).squareRoot() }

    /// The way back.
    /// - Precondition: The determinant is not 0.
    var inverse: AffineMap {
        let (a, b) = (SIMD2(down.y, -right.y) / determinant, SIMD2(-down.x, right.x) / determinant)
        return AffineMap(right: a, down: b, offset: -(offset.x * a + offset.y * b))
    }
}
