import Compute
import Imaging
import PictureReading

/// Planes for the tests of what is done to them.
extension Plane {
    /// A plane drawn with characters: `#` is full ink, `+` half of it, all others none. Each line is a row.
    init(_ drawing: String) {
        let rows = drawing.split(separator: "\n").map(Array.init)
        self.init(
            height: rows.count, width: rows.first?.count ?? 0,
            values: rows.flatMap { $0 }.map { $0 == "#" ? 1 : $0 == "+" ? 0.5 : 0 })
    }

    /// Numbers from 0 to 1 that follow from a seed.
    static func random(height: Int, width: Int, seed: UInt64) -> Plane {
        var random = CounterBasedRandom(seed: seed, purpose: .scenes)
        return Plane(
            height: height, width: width, values: (0..<height * width).map { _ in random.nextUniform() })
    }

    /// Sets a rectangle's numbers.
    mutating func fill(rows: Range<Int>, columns: Range<Int>, with value: Float = 1) {
        for row in rows { for column in columns { self[row, column] = value } }
    }

    /// Draws a ring: a zero, so to say.
    mutating func drawRing(row: Double, column: Double, radius: Double, width: Double) {
        for y in 0..<height {
            for x in 0..<self.width {
                let distance =
                    ((Double(y) - row) * (Double(y) - row) + (Double(x) - column) * (Double(x) - column))
                    .squareRoot()
                if abs(distance - radius) <= width / 2 { self[y, x] = 1 }
            }
        }
    }

    /// The mean of all numbers.
    var average: Double { values.reduce(0) { $0 + Double($1) } / Double(values.count) }
}

extension Image {
    /// An image whose grey levels a function of the row and the column tells.
    init(height: Int, width: Int, _ level: (Int, Int) -> UInt8) {
        self.init(
            height: height, width: width,
            pixels: (0..<height * width).map { level($0 / width, $0 % width) })
    }

    /// Light for dark.
    var negative: Image { Image(shape: shape, pixels: pixels.map { 255 - $0 }) }
}
