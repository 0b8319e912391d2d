import Imaging
import PictureReading
import SyntheticDigits

/// How well the lines that were found are those of scenes.
struct FindingScore {
    /// Digits that could be seen, and of these the ones that lie in one strip and no other, upright, in its middle third and 16 to 26 rows
    /// high.
    private(set) var digits = 0
    private(set) var placed = 0
    /// Lines that could be seen, and strips that hold the digits of one of them in order, and nobody else's.
    private(set) var lines = 0
    private(set) var whole = 0
    /// Ink in strips with digits, and what of it is no digit's, in pixels of strips.
    private(set) var ink = 0
    private(set) var foreign = 0

    var placedShare: Double { Double(placed) / Double(max(1, digits)) }
    var wholeShare: Double { Double(whole) / Double(max(1, lines)) }
    var foreignShare: Double { Double(foreign) / Double(max(1, ink)) }

    /// Judges strips.
    /// - Parameter scale: Pixels of the ink's plane for one of the scene's image.
    mutating func judge(_ found: [LineStrip], of scene: TurnedScene, scale: Double) {
        digits += scene.digits.count
        let numbers = Dictionary(grouping: scene.digits.indices) { scene.digits[$0].line }
        lines += numbers.count
        var owners = [Int](repeating: 0, count: scene.digits.count)
        var isWellPlaced = [Bool](repeating: false, count: scene.digits.count)
        for strip in found {
            let held = scene.digits.indices.filter { Self.holds(strip, scene.digits[$0], scale) }
            for index in held {
                owners[index] += 1
                if Self.isUpright(strip, scene.digits[index], scale) { isWellPlaced[index] = true }
            }
            guard let first = held.first else { continue }
            let order = held.sorted {
                Self.place(strip, scene.digits[$0].middle, scale).column
                    < Self.place(strip, scene.digits[$1].middle, scale).column
            }
            if order == numbers[scene.digits[first].line] { whole += 1 }
            countInk(of: strip, scene, scale)
        }
        placed += owners.indices.count { owners[$0] == 1 && isWellPlaced[$0] }
    }

    private static func place(_ strip: LineStrip, _ point: SIMD2<Double>, _ scale: Double) -> (
        row: Double, column: Double
    ) {
        strip.place(row: point.y * scale, column: point.x * scale)
    }

    /// Whether half of a digit's ink is in a strip.
    private static func holds(_ strip: LineStrip, _ digit: TurnedScene.Digit, _ scale: Double) -> Bool {
        let hits = digit.ink.count { point in
            let place = place(strip, point, scale)
            let (y, x) = (Int(place.row.rounded(.down)), Int(place.column.rounded(.down)))
            return 0..<LineStrip.height ~= y && 0..<strip.plane.width ~= x && strip.plane[y, x] >= 0.25
        }
        return hits > 0 && 2 * hits >= digit.ink.count
    }

    private static func isUpright(_ strip: LineStrip, _ digit: TurnedScene.Digit, _ scale: Double) -> Bool {
        let middle = place(strip, digit.middle, scale)
        let top = place(strip, digit.middle + digit.up, scale)
        let (up, aside) = (middle.row - top.row, abs(middle.column - top.column))
        return 32.0 / 3...64.0 / 3 ~= middle.row && 8...13 ~= up && aside <= 0.18 * up
    }

    private mutating func countInk(of strip: LineStrip, _ scene: TurnedScene, _ scale: Double) {
        for row in 0..<strip.plane.height {
            for column in 0..<strip.plane.width where strip.plane[row, column] >= Ink.threshold {
                ink += 1
                // Blur and widening make strokes broader than they were drawn.
                let isDrawn = [-1.6, 0, 1.6].contains { down in
                    [-1.6, 0, 1.6].contains { right in
                        let point = strip.source(
                            row: Double(row) + 0.5 + down, column: Double(column) + 0.5 + right)
                        let (y, x) = (Int(point.row / scale), Int(point.column / scale))
                        return 0..<scene.mask.height ~= y && 0..<scene.mask.width ~= x
                            && scene.mask[y, x] > 0
                    }
                }
                if !isDrawn { foreign += 1 }
            }
        }
    }
}
