internal import PlainText

/// A mark on an axis, and what is written beside it.
package struct Tick: Hashable {
    package let value: Double
    package let label: String

    /// Creates a mark.
    package init(value: Double, label: String) {
        self.value = value
        self.label = label
    }
}

/// Numbers along a line.
package struct Axis {
    /// The numbers at the line's two ends.
    package let domain: ClosedRange<Double>
    /// The marks.
    package let ticks: [Tick]

    /// How a number is written.
    package enum Style {
        /// As it is.
        case plain
        /// As a percentage of 1.
        case percent
    }

    /// Creates an axis with the given ends and marks at round numbers between them.
    /// - Parameter most: how many marks there may be.
    package init(_ domain: ClosedRange<Double>, _ style: Style = .plain, most: Int = 6) {
        self.domain = domain
        let step = Self.step(for: domain, most: most)
        let decimals = Self.decimals(of: style == .percent ? step * 100 : step)
        // A little tolerance, because 0.1 + 0.2 is not 0.3.
        let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
        ticks = (first...max(first, last)).map { index in
            let value = Double(index) * step
            return Tick(
                value: value,
                label: style == .percent
                    ? NumberText.percent(value, decimals: decimals)
                    : NumberText.fixed(value, decimals: decimals))
        }
    }

    /// Creates an axis as long as another, without marks.
    package init(empty axis: Axis) {
        domain = axis.domain
        ticks = []
    }

    /// Creates an axis of whole numbers, with room of half a step at both ends.
    package init(wholeNumbers numbers: ClosedRange<Int>, most: Int = 8) {
        domain = Double(numbers.lowerBound) - 0.5...Double(numbers.upperBound) + 0.5
        let step = max(1, Int(Self.step(for: 0...Double(numbers.count), most: most)))
        // The first is always marked: people count from it.
        let rest = numbers.dropFirst().filter {
            $0 % step == 0 && $0 - numbers.lowerBound >= max(1, step / 2)
        }
        ticks = ([numbers.lowerBound] + rest).map { Tick(value: Double($0), label: String($0)) }
    }

    /// Creates an axis whose ends are the round numbers around `values`.
    /// - Parameters:
    ///   - values: what must fit; those that are not finite do not count.
    ///   - limits: beyond which the axis does not go.
    package init(
        around values: [Double], within limits: ClosedRange<Double>, _ style: Style = .plain, most: Int = 6
    ) {
        let finite = values.filter(\.isFinite).map { min(max($0, limits.lowerBound), limits.upperBound) }
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if high - low < 1e-9 {
            let room = abs(high) < 1e-6 ? 1 : abs(high) * 0.01
            low = max(low - room, limits.lowerBound)
            high = min(high + room, limits.upperBound)
        }
        let step = Self.step(for: low...high, most: most - 1)
        let lower = max((low / step + 1e-9).rounded(.down) * step, limits.lowerBound)
        let upper = min((high / step - 1e-9).rounded(.up) * step, limits.upperBound)
        // The products are rounded, and the values must not fall out for that.
        self.init(min(lower, low)...max(upper, high), style, most: most)
    }

    /// The least of 1, 2 and 5 times a power of ten that cuts the domain into fewer than `most` parts.
    private static func step(for domain: ClosedRange<Double>, most: Int) -> Double {
        let extent = domain.upperBound - domain.lowerBound
        precondition(extent > 0 && extent.isFinite, "An axis has an extent, unlike \(domain).")
        var unit = 1.0
        while unit * 10 * Double(most - 1) < extent { unit *= 10 }
        while unit * Double(most - 1) >= extent { unit /= 10 }
        return [unit * 2, unit * 5, unit * 10].first { extent / $0 <= Double(most - 1) + 1e-9 } ?? unit * 10
    }

    /// How many decimals a multiple of `step` needs.
    private static func decimals(of step: Double) -> Int {
        var scaled = step
        var count = 0
        while count < 9, abs(scaled - scaled.rounded()) > 1e-6 {
            scaled *= 10
            count += 1
        }
        return count
    }
}
