import DigitRecognition
import Foundation

/// A picture of one channel that is being made.
struct Sketch {
    let height: Int
    let width: Int
    /// `[height][width]`.
    private(set) var pixels: [UInt8]

    /// Makes one of a function of a row and a column.
    init(height: Int, width: Int, _ value: (_ row: Int, _ column: Int) -> UInt8) {
        self.height = height
        self.width = width
        pixels = []
        pixels.reserveCapacity(height * width)
        for row in 0..<height { for column in 0..<width { pixels.append(value(row, column)) } }
    }

    /// Changes each pixel.
    mutating func change(_ change: (UInt8) -> UInt8) {
        for index in pixels.indices { pixels[index] = change(pixels[index]) }
    }

    /// Each pixel by that of another sketch of the same size.
    mutating func join(_ other: Sketch, _ join: (UInt8, UInt8) -> UInt8) {
        for index in pixels.indices { pixels[index] = join(pixels[index], other.pixels[index]) }
    }

    /// Lays a digit on it.
    /// - Parameters:
    ///   - size: Rows and columns.
    ///   - angle: By how much it is turned, in radians.
    mutating func stamp(
        _ digit: Image, row: Double, column: Double, size: Double, angle: Double, ink: UInt8
    ) {
        let (cosine, sine) = (cos(angle), sin(angle))
        let scale = Double(digit.height) / size
        func range(_ middle: Double, _ end: Int) -> Range<Int> {
            let first = min(max(0, Int(middle - 0.75 * size)), end)
            return first..<max(first, min(end, Int(middle + 0.75 * size) + 1))
        }
        for y in range(row, height) {
            for x in range(column, width) {
                let (down, right) = (Double(y) - row, Double(x) - column)
                let sourceRow = Int((cosine * down - sine * right) * scale + 14)
                let sourceColumn = Int((sine * down + cosine * right) * scale + 14)
                guard 0..<28 ~= sourceRow, 0..<28 ~= sourceColumn else { continue }
                let share = Int(digit[sourceRow, sourceColumn])
                let paper = Int(pixels[y * width + x])
                pixels[y * width + x] = UInt8(paper + (Int(ink) - paper) * share / 255)
            }
        }
    }

    /// A straight line of ink, from edge to edge or from place to place.
    mutating func rule(
        fromRow row: Double, column: Double, angle: Double, length: Double, thickness: Int, ink: UInt8
    ) {
        for step in 0..<Int(min(length, 20_000)) {
            let y = Int(row + Double(step) * sin(angle))
            let x = Int(column + Double(step) * cos(angle))
            for aside in 0..<thickness {
                let (y, x) = abs(angle) > 0.8 ? (y, x + aside) : (y + aside, x)
                if 0..<height ~= y, 0..<width ~= x { pixels[y * width + x] = ink }
            }
        }
    }
}
