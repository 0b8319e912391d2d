import Imaging

/// A thin line of ink, nearly straight: of ruled paper, a table or a box, or a straight stroke of a digit.
///
/// It goes on by steps, one a row where it is upright and one a column where it is level; its place is the column, or the row.
package struct Rule: Sendable, Hashable {
    /// Whether it leads down rather than to the right.
    package let isUpright: Bool
    /// Its first step, and the one behind its last.
    package let steps: Range<Int>
    /// How broad it is across its steps, in pixels.
    package let thickness: Double
    /// The share of its steps in which its ink stands alone.
    package let coverage: Double
    /// The same of the eighth at its beginning or of that at its end, whichever has less.
    let coverageOfEnds: Double
    /// Places at every so many steps from the first on, the last step's behind them.
    private let places: [Double]
    private static let spacing = 16

    /// - Parameter path: The places of the steps that were seen, in their order; two at least.
    init(isUpright: Bool, path: [(step: Int, place: Double)], thickness: Double) {
        let (first, last) = (path[0].step, path[path.count - 1].step)
        self.isUpright = isUpright
        self.thickness = thickness
        steps = first..<last + 1
        coverage = Double(path.count) / Double(steps.count)
        let eighth = max(1, steps.count / 8)
        let ends = [path.count { $0.step < first + eighth }, path.count { $0.step > last - eighth }]
        coverageOfEnds = Double(min(ends[0], ends[1])) / Double(eighth)
        var places: [Double] = []
        var next = 0
        for step in stride(from: first, to: last, by: Self.spacing) {
            while path[next + 1].step < step { next += 1 }
            places.append(Self.between(path[next], path[next + 1], at: Double(step)))
        }
        self.places = places + [path[path.count - 1].place]
    }

    private static func between(
        _ one: (step: Int, place: Double), _ other: (step: Int, place: Double), at step: Double
    ) -> Double {
        let share = (step - Double(one.step)) / Double(other.step - one.step)
        return one.place + share * (other.place - one.place)
    }

    /// How many steps it has.
    package var length: Int { steps.count }

    /// How far its place moves with a step, from end to end.
    package var slope: Double { (places[places.count - 1] - places[0]) / Double(max(1, steps.count - 1)) }

    /// Its place at a step; beyond its ends it goes straight on.
    package func place(at step: Double) -> Double {
        let (first, last) = (Double(steps.lowerBound), Double(steps.upperBound - 1))
        guard step > first else { return places[0] + slope * (step - first) }
        guard step < last else { return places[places.count - 1] + slope * (step - last) }
        let index = min(Int(step - first) / Self.spacing, places.count - 2)
        let start = first + Double(index * Self.spacing)
        let end = min(start + Double(Self.spacing), last)
        return places[index] + (step - start) / (end - start) * (places[index + 1] - places[index])
    }

    /// How far it leaves the way straight from end to end, at most.
    var bend: Double {
        places.indices.dropLast().map { index in
            abs(places[index] - places[0] - slope * Double(index * Self.spacing))
        }.max() ?? 0
    }

    /// Whether one of its ends lies on another rule, across it.
    func meets(_ other: Rule, atEnd: Bool, reach: Double) -> Bool {
        let step = Double(atEnd ? steps.upperBound - 1 : steps.lowerBound)
        let place = place(at: step)
        return abs(other.place(at: place) - step) <= reach && other.reaches(place, margin: reach)
    }
}

extension Rule {
    /// Whether a component's box holds no more than what may be left of this rule.
    func isLeft(in box: PixelBox) -> Bool {
        let middle = (row: Double(box.top + box.bottom) / 2, column: Double(box.left + box.right) / 2)
        let (step, place) = isUpright ? (middle.row, middle.column) : (middle.column, middle.row)
        let across = Double(isUpright ? box.width : box.height)
        let along = Double(isUpright ? box.height : box.width)
        return across <= 2 * thickness + 2 + abs(slope) * along
            && abs(self.place(at: step) - place) <= thickness + 1
            && reaches(step, margin: 3)
    }
}

extension Rule {
    /// Whether a step is one of its own, or nearly.
    func reaches(_ step: Double, margin: Double) -> Bool {
        Double(steps.lowerBound) - margin <= step && step <= Double(steps.upperBound) + margin
    }

    /// Whether it lies on another's straight continuation, and is about as thick at most.
    func continues(_ other: Rule, thickness share: Double) -> Bool {
        guard isUpright == other.isUpright, thickness <= share * other.thickness + 0.5 else { return false }
        return [steps.lowerBound, steps.upperBound - 1].allSatisfy { step in
            let beyond = max(other.steps.lowerBound - step, step - other.steps.upperBound, 0)
            return abs(place(at: Double(step)) - other.place(at: Double(step)))
                <= 1.5 + 0.5 * other.thickness + 0.01 * Double(beyond)
        }
    }

    /// Where it and one that leads the other way cross or meet: its own step, and the other's; nil where they do not.
    func crossing(_ other: Rule, margin: (Rule) -> Double) -> (own: Double, other: Double)? {
        guard isUpright != other.isUpright else { return nil }
        // As if both were straight from end to end.
        let (start, otherStart) = (Double(steps.lowerBound), Double(other.steps.lowerBound))
        let parallelism = 1 - slope * other.slope
        guard parallelism > 0.1 else { return nil }
        let way = place(at: start) - slope * start
        let otherWay = other.place(at: otherStart) - other.slope * otherStart
        var step = (otherWay + other.slope * way) / parallelism
        var otherStep = place(at: step)
        for _ in 0..<3 {
            step = other.place(at: otherStep)
            otherStep = place(at: step)
        }
        return reaches(step, margin: margin(self)) && other.reaches(otherStep, margin: margin(other))
            ? (step, otherStep) : nil
    }
}
