import DigitRecognition
import Foundation

/// What a picture shows.
enum Pattern: String, CaseIterable {
    case plain, noise, extremes, specks, dot, gradient, stripes, checks, rings, rules, boxes, digits, page

    /// Draws it.
    func sketch(
        height: Int, width: Int, digits: [Image], random: inout CounterBasedRandom
    ) -> Sketch {
        func share() -> Double { Double(random.nextUniform()) }
        func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next32()) }
        func size(_ most: Int) -> Int { Int.logarithmic(in: 1...max(1, most), using: &random) }
        let (paper, ink) = (share() < 0.5 ? 255 : byte(), share() < 0.5 ? 0 : byte())
        func plain() -> Sketch { Sketch(height: height, width: width) { _, _ in paper } }
        let longer = max(height, width)
        switch self {
        case .plain: return plain()
        case .noise: return Sketch(height: height, width: width) { _, _ in byte() }
        case .extremes:
            let part = share()
            return Sketch(height: height, width: width) { _, _ in share() < part ? 0 : 255 }
        case .specks:
            let part = share() * share() * 0.1
            return Sketch(height: height, width: width) { _, _ in share() < part ? ink : paper }
        case .dot:
            let (row, column, side) = (share() * Double(height), share() * Double(width), size(longer))
            return Sketch(height: height, width: width) {
                abs(Double($0) - row) * 2 < Double(side) && abs(Double($1) - column) * 2 < Double(side)
                    ? ink : paper
            }
        case .gradient:
            let (down, right) = (share() * 2 - 1, share() * 2 - 1)
            let scale = 255 / max(1, abs(down) * Double(height) + abs(right) * Double(width))
            return Sketch(height: height, width: width) {
                let value = (down * Double($0) + right * Double($1)) * scale
                return UInt8(min(255, max(0, value < 0 ? value + 255 : value)))
            }
        case .stripes:
            let (down, right, period, part) = (share(), share(), Double(size(longer)) + 1, share())
            // As often as not level or upright.
            let (byRow, byColumn) = share() < 0.5 ? (down, right) : down < right ? (1, 0) : (0, 1)
            return Sketch(height: height, width: width) {
                let place = byRow * Double($0) + byColumn * Double($1)
                return place.truncatingRemainder(dividingBy: period) < part * period ? ink : paper
            }
        case .checks:
            let (tall, wide) = (size(height), size(width))
            return Sketch(height: height, width: width) { ($0 / tall + $1 / wide) % 2 == 0 ? ink : paper }
        case .rings:
            let (row, column, period) = (share() * Double(height), share() * Double(width), size(longer) + 1)
            return Sketch(height: height, width: width) {
                let (y, x) = (Double($0) - row, Double($1) - column)
                return Int((y * y + x * x).squareRoot()) % period * 2 < period ? ink : paper
            }
        case .rules:
            var sketch = plain()
            for angle in [0, Double.pi / 2] where share() < 0.8 {
                let (lean, step, thickness) = ((share() - 0.5) * 0.3, size(longer) + 2, size(6))
                var place = share() * Double(step)
                while place < Double(longer) {
                    sketch.rule(
                        fromRow: angle == 0 ? place : 0, column: angle == 0 ? 0 : place,
                        angle: angle + lean, length: share() < 0.8 ? .infinity : share() * Double(longer),
                        thickness: thickness, ink: ink)
                    place += Double(step)
                }
            }
            return sketch
        case .boxes:
            var sketch = plain()
            for _ in 0..<size(40) {
                let (top, left) = (share() * Double(height), share() * Double(width))
                let (tall, wide, thickness) = (size(height), size(width), size(8))
                for (row, column, angle, length) in [
                    (top, left, 0, wide), (top + Double(tall), left, 0, wide),
                    (top, left, Double.pi / 2, tall), (top, left + Double(wide), Double.pi / 2, tall),
                ] {
                    sketch.rule(
                        fromRow: row, column: column, angle: angle, length: Double(length),
                        thickness: thickness, ink: ink)
                }
            }
            return sketch
        case .digits:
            var sketch = plain()
            for _ in 0..<size(30) {
                sketch.stamp(
                    digits.randomElement(using: &random)!, row: share() * Double(height),
                    column: share() * Double(width), size: Double(size(min(longer, 300)) + 2),
                    angle: share() * 6.3, ink: ink)
            }
            return sketch
        case .page:
            var sketch = plain()
            let height = Double(size(min(longer, 120)) + 3)
            let (angle, pitch) = ((share() - 0.5) * (share() < 0.3 ? 6.3 : 0.4), 0.5 + share())
            for line in 0..<size(100) {
                var row = (Double(line) + share()) * 1.5 * height
                var column = share() * Double(width) / 2
                for _ in 0..<size(160) {
                    sketch.stamp(
                        digits.randomElement(using: &random)!, row: row, column: column,
                        size: height * (0.8 + 0.4 * share()), angle: angle + (share() - 0.5) * 0.3, ink: ink)
                    row += sin(angle) * pitch * height
                    column += cos(angle) * pitch * height
                }
            }
            return sketch
        }
    }
}

extension Int {
    /// A random number of which small ones are as frequent as ten times larger ones.
    static func logarithmic(
        in range: ClosedRange<Int>, using random: inout some RandomNumberGenerator
    ) -> Int {
        let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
        let share = Double.random(in: 0...1, using: &random)
        return Swift.min(
            Swift.max(Int(low * exp(share * log(high / low))), range.lowerBound),
            range.upperBound)
    }
}
