import Compute
import PictureReading
import SyntheticDigits

extension CommonCorruption {
    /// Drops where smoothed noise is high, in a quarter of full ink, over the digit.
    static func spattered(_ ink: Plane, _ random: inout CounterBasedRandom) -> Plane {
        let mud: Float = 63 / 255
        var liquid = ink
        for index in liquid.values.indices { liquid.values[index] = 0.65 + 0.3 * random.nextNearlyNormal() }
        let drops = liquid.blurred(deviation: 1).map { $0 > 0.65 ? 1 : 0 }
            .blurred(deviation: 1.5).map { $0 < 0.8 ? 0 : $0 }
        return ink.zip(drops) { ink, drop in ink * (1 - drop) + mud * drop }
    }

    /// A line from the left edge to the right one, at random heights, in dots of two columns.
    static func withDottedLine(_ ink: Plane, _ random: inout CounterBasedRandom) -> Plane {
        let end = Float(ink.width - 1)
        let (left, right) = (random.nextIndex(ink.height - 1), random.nextIndex(ink.height - 1))
        let line = SoftLine(from: (0, Float(left)), to: (end, Float(right)))
        var result = ink
        line.draw(into: &result) { $0 % 4 >= 2 }
        return result
    }

    /// A line of six teeth, 2 pixels high and as far apart as two are wide, from near the left edge to near the right one.
    static func withZigzag(_ ink: Plane, _ random: inout CounterBasedRandom) -> Plane {
        let (tooth, start, end): (Float, Float, Float) = (2, 2, 25)
        let row = Float(random.nextIndex(ink.height - 1))
        let fall = Float(random.nextIndex(10) - 5)
        let length = ((end - start) * (end - start) + fall * fall).squareRoot()
        let (cosine, sine) = ((end - start) / length, fall / length)

        // Along the line, and to its right.
        var corners: [(along: Float, aside: Float)] = [(0, 0)]
        let count = Int((length - tooth) / (2 * tooth)) + 1
        for index in 0..<count {
            corners.append((Float(2 * index + 1) * tooth, index % 2 == 0 ? tooth : -tooth))
        }
        // As in the published set, the rest after whole teeth ends near the line.
        let rest = length - 2 * tooth * (length / (2 * tooth)).rounded(.down)
        if rest > 0 { corners.append((length, corners[count].aside / (2 * rest))) }

        let places = corners.map { along, aside in
            (column: start + cosine * along - sine * aside, row: row + sine * along + cosine * aside)
        }
        var result = ink
        for (from, to) in zip(places, places.dropFirst()) {
            SoftLine(from: from, to: to).draw(into: &result) { _ in true }
        }
        return result
    }
}

/// A straight line with soft edges, from a column to one further right.
private struct SoftLine {
    let from: (column: Float, row: Float)
    let to: (column: Float, row: Float)

    init(from: (Float, Float), to: (Float, Float)) {
        self.from = from
        self.to = to
    }

    /// Adds the line's ink to the columns that it crosses, no more than full ink in all. At a distance d along the column it
    /// is log(1 - d / 2.3) + 1.
    func draw(into ink: inout Plane, where isDrawn: (_ column: Int) -> Bool) {
        let slope = (to.row - from.row) / (to.column - from.column)
        let columns = max(0, Int(from.column.rounded(.down)))..<min(ink.width, Int(to.column.rounded(.up)))
        for column in columns where isDrawn(column) {
            let center = from.row + slope * (Float(column) - from.column)
            for row in 0..<ink.height {
                let distance = abs(Float(row) - center) / 2.3
                guard distance < 1 else { continue }
                ink[row, column] = min(1, ink[row, column] + max(0, 1 + Float.log(1 - distance)))
            }
        }
    }
}
