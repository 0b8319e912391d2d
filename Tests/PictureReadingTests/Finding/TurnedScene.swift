import Compute
import Imaging
import PictureReading
import SyntheticDigits

/// A scene turned about its middle, in an image large enough for all of it.
struct TurnedScene {
    /// A digit of the scene.
    struct Digit {
        let value: Int
        /// The number of its line.
        let line: Int
        /// The middle of its box, and the way from there to the middle of the box's upper side, in pixels to the right and down.
        let middle: SIMD2<Double>
        let up: SIMD2<Double>
        /// Middles of pixels that are full of its ink.
        var ink: [SIMD2<Double>] = []
    }

    let image: Image
    private(set) var digits: [Digit]
    /// Where ink of digits is.
    let mask: Plane

    /// - Parameter degrees: Counter-clockwise.
    init(_ scene: Scene, degrees: Double) {
        let (sine, cosine) = (Double.sin(degrees * .pi / 180), Double.cos(degrees * .pi / 180))
        let old = SIMD2(Double(scene.image.width), Double(scene.image.height))
        let size = SIMD2(
            (abs(cosine) * old.x + abs(sine) * old.y).rounded(.up),
            (abs(sine) * old.x + abs(cosine) * old.y).rounded(.up))
        func turned(_ way: SIMD2<Double>) -> SIMD2<Double> {
            SIMD2(cosine * way.x + sine * way.y, cosine * way.y - sine * way.x)
        }
        func source(_ place: SIMD2<Double>) -> SIMD2<Double> {
            let way = place - size / 2
            return SIMD2(cosine * way.x - sine * way.y, sine * way.x + cosine * way.y) + old / 2
        }
        digits = scene.lines.enumerated().flatMap { number, line in
            line.digits.map { digit in
                let box = digit.box
                let middle = SIMD2(Double(box.left + box.right), Double(box.top + box.bottom)) / 2
                return Digit(
                    value: digit.value, line: number, middle: turned(middle - old / 2) + size / 2,
                    up: turned(SIMD2(0, -Double(box.height) / 2)))
            }
        }
        let (height, width) = (Int(size.y), Int(size.x))
        var mask = Plane(height: height, width: width)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(height * width * scene.image.channels)
        for row in 0..<height {
            for column in 0..<width {
                let middle = SIMD2(Double(column) + 0.5, Double(row) + 0.5)
                let place = source(middle)
                for channel in 0..<scene.image.channels {
                    pixels.append(scene.image.level(at: place, channel: channel))
                }
                let (y, x) = (Int(place.y.rounded(.down)), Int(place.x.rounded(.down)))
                guard 0..<scene.image.height ~= y, 0..<scene.image.width ~= x else { continue }
                guard scene.mask[y, x] > 0 else { continue }
                mask[row, column] = 1
                guard scene.mask[y, x] > 127 else { continue }
                digits[Int(scene.owners[y * scene.image.width + x]) - 1].ink.append(middle)
            }
        }
        self.mask = mask
        image = Image(height: height, width: width, channels: scene.image.channels, pixels: pixels)
    }
}

extension Image {
    /// The level between pixels' middles, in straight lines; beyond the edge the outermost pixels go on.
    fileprivate func level(at place: SIMD2<Double>, channel: Int) -> UInt8 {
        let (x, y) = (place.x - 0.5, place.y - 0.5)
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        let (u, v) = (x - Double(left), y - Double(top))
        func at(_ row: Int, _ column: Int) -> Double {
            Double(self[min(max(row, 0), height - 1), min(max(column, 0), width - 1), channel])
        }
        return UInt8(
            ((at(top, left) * (1 - u) + at(top, left + 1) * u) * (1 - v)
                + (at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u) * v).rounded())
    }
}
