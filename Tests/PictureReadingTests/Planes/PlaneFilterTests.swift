import PictureReading
import TestSupport
import Testing

@Suite struct PlaneFilterTests {
    private static let sizes = [(1, 1), (1, 9), (9, 1), (2, 3), (7, 7), (16, 17), (33, 20), (40, 5)]
    private static let radii = [-1, 0, 1, 2, 3, 5, 8, 17, 50]

    /// All numbers of the window around a pixel, as far as it lies in the plane.
    private func window(_ plane: Plane, _ row: Int, _ column: Int, _ radius: Int) -> [Float] {
        (max(0, row - radius)...min(plane.height - 1, row + radius)).flatMap { y in
            (max(0, column - radius)...min(plane.width - 1, column + radius)).map { plane[y, $0] }
        }
    }

    private func naive(_ plane: Plane, _ number: (Int, Int) -> Float) -> Plane {
        Plane(
            height: plane.height, width: plane.width,
            values: (0..<plane.values.count).map { number($0 / plane.width, $0 % plane.width) })
    }

    private func forEachPlane(_ body: (Plane, Int, String) -> Void) {
        for (height, width) in Self.sizes {
            for radius in Self.radii {
                body(
                    .random(height: height, width: width, seed: 3), radius,
                    "\(height)×\(width), radius \(radius)")
            }
        }
    }

    @Test func extremesAreThoseOfTheWindow() {
        forEachPlane { plane, radius, what in
            let reach = max(0, radius)
            expectSameBits(
                plane.maximum(radius: radius).values,
                naive(plane) { window(plane, $0, $1, reach).max()! }.values, "Maximum of \(what)")
            expectSameBits(
                plane.minimum(radius: radius).values,
                naive(plane) { window(plane, $0, $1, reach).min()! }.values, "Minimum of \(what)")
        }
    }

    @Test func aClosingIsTheMinimumOfTheMaximum() {
        forEachPlane { plane, radius, what in
            expectSameBits(
                plane.closing(radius: radius).values,
                plane.maximum(radius: radius).minimum(radius: radius).values, "Closing of \(what)")
        }
    }

    /// Beyond the edge the outermost numbers go on.
    @Test func meansAreThoseOfTheWindow() {
        forEachPlane { plane, radius, what in
            let reach = max(0, radius)
            let expected = naive(plane) { row, column in
                var sum = 0.0
                for y in row - reach...row + reach {
                    for x in column - reach...column + reach {
                        sum += Double(
                            plane[min(max(y, 0), plane.height - 1), min(max(x, 0), plane.width - 1)])
                    }
                }
                return Float(sum / Double((2 * reach + 1) * (2 * reach + 1)))
            }
            // A running sum of 100 numbers of up to 1 rounds to 2⁻¹⁸ at the worst, some hundred times.
            expectClose(
                plane.mean(radius: radius).values, expected.values.map(Double.init), tolerance: 1e-5,
                "Mean of \(what)")
        }
    }

    @Test func emptyPlanesStayEmpty() {
        for plane in [Plane(height: 0, width: 0), Plane(height: 0, width: 4), Plane(height: 4, width: 0)] {
            #expect(plane.maximum(radius: 2) == plane && plane.minimum(radius: 2) == plane)
            #expect(plane.closing(radius: 2) == plane && plane.mean(radius: 2) == plane)
        }
    }
}
