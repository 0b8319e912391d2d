internal import Compute

/// Draws what a pen wrote, as the images of MNIST were made: the ink fills a box of 20×20 pixels, its proportions kept,
/// and its centre of mass lies in the middle of 28×28 pixels, to the nearest pixel.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of
/// the IEEE 86 (1998), doi:10.1109/5.726791, section III.A.
struct InkImage {
    /// Pixels on a side of the image.
    static let side = 28
    /// Pixels on a side of the box that the ink fills.
    static let box = 20

    /// Half the width of the ink, in pixels: mean, spread and range.
    private static let radius: Float = 1.28
    private static let radiusSpread: Float = 0.32
    private static let radii: ClosedRange<Float> = 0.65...3.2
    /// Over how many pixels the ink's edge fades, and how far it is from where the pen drew it.
    private static let edge: Float = 1.25
    private static let roughness: Float = 0.14

    /// How deep inside the ink each pixel of the box lies.
    private var ink = InkDepths(left: 0, top: 0, width: box, height: box)

    /// Draws the ways of a pen, whose radii say how much it is pressed: 1 in the mean.
    init(_ paths: [PenPath], random: inout CounterBasedRandom) {
        let radius = Self.radius * random.nextFactor(spread: Self.radiusSpread)
        for path in Self.fitted(paths, radius: min(max(radius, Self.radii.lowerBound), Self.radii.upperBound))
        {
            ink.draw(path)
        }
    }

    /// Scales and moves the ways so that the ink, about `radius` pixels to each side of them, touches two sides of the
    /// box and lies in the middle of the others.
    private static func fitted(_ paths: [PenPath], radius: Float) -> [PenPath] {
        let lines = bounds(paths, radiusScale: 0)
        let scale = (Float(box) - 2 * radius) / max((lines.high - lines.low).max(), 0.01)
        // So far only the thickness at the outermost points is not known to fit.
        let ink = bounds(paths, radiusScale: radius / scale)
        let last = Float(box) / (ink.high - ink.low).max()
        let middle = (ink.low + ink.high) / 2
        return paths.map { path in
            path.mapped { point in
                PenPath.Point(
                    place: (point.place - middle) * last + Float(box) / 2,
                    radius: point.radius * radius / scale * last)
            }
        }
    }

    /// The rectangle around the ways and `radiusScale` times their radii.
    private static func bounds(
        _ paths: [PenPath], radiusScale: Float
    ) -> (low: SIMD2<Float>, high: SIMD2<Float>) {
        var low = SIMD2<Float>(repeating: .infinity)
        var high = -low
        for path in paths {
            for point in path.points {
                low = pointwiseMin(low, point.place - point.radius * radiusScale)
                high = pointwiseMax(high, point.place + point.radius * radiusScale)
            }
        }
        return (low, high)
    }
}

extension InkImage {
    /// Writes the image's bytes: `side * side`, row by row, 0 without ink and up to 255 where it is full.
    func write(to pixels: UnsafeMutableBufferPointer<UInt8>, random: inout CounterBasedRandom) {
        let darkness = 255 - 4 * random.nextUniform()
        let depths = ink.depths
        var bytes = [UInt8](repeating: 0, count: depths.count)
        var (mass, moment) = (0, SIMD2<Int>.zero)
        for row in 0..<Self.box {
            for column in 0..<Self.box {
                let index = row * Self.box + column
                guard depths[index] > -Self.edge else { continue }
                let depth = depths[index] + Self.roughness * random.nextNearlyNormal()
                let value = UInt8(darkness * min(max(depth / Self.edge + 0.5, 0), 1) + 0.5)
                bytes[index] = value
                mass += Int(value)
                moment &+= Int(value) &* SIMD2(column, row)
            }
        }
        pixels.update(repeating: 0)
        let corner = Self.corner(mass: mass, moment: moment)
        for row in 0..<Self.box {
            for column in 0..<Self.box {
                pixels[(corner.y + row) * Self.side + corner.x + column] = bytes[row * Self.box + column]
            }
        }
    }

    /// Where the box's first pixel goes, so that the ink's centre of mass is as near the middle as whole pixels allow and
    /// the box stays inside the image.
    private static func corner(mass: Int, moment: SIMD2<Int>) -> (x: Int, y: Int) {
        func place(_ moment: Int) -> Int {
            // The middle is where MNIST has it: at the pixel with number 14.
            let center = (2 * moment + mass) / (2 * max(mass, 1))
            return min(max(side / 2 - center, 0), side - box)
        }
        return (place(moment.x), place(moment.y))
    }
}
