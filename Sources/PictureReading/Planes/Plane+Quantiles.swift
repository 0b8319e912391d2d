/// What share of a plane's numbers, from 0 to 1, lies where.
extension Plane {
    /// The number that a share of all numbers lie below, to a two-thousandth; 0 where there are none.
    /// - Parameter share: From 0 to 1.
    package func quantile(_ share: Double) -> Float { Histogram(values, from: -.infinity).quantile(share) }

    /// Several of them at once.
    func quantiles(_ shares: [Double]) -> [Float] {
        let histogram = Histogram(values, from: -.infinity)
        return shares.map(histogram.quantile)
    }

    /// The same among the numbers that count as ink; 1 where there are none.
    func quantileOfInk(_ share: Double) -> Float {
        let histogram = Histogram(values, from: Ink.threshold)
        return histogram.total > 0 ? histogram.quantile(share) : 1
    }
}

/// How many numbers lie in each two-thousandth of `0…1`; those outside count for the nearest.
private struct Histogram {
    private static let bins = 2048

    /// Numbers that follow each other are often alike: each of them has counters of its own, so that none waits for the other.
    private static let lanes = 4

    private var counts = [Int32](repeating: 0, count: bins)
    private(set) var total = 0

    /// Counts the numbers from `floor` on.
    init(_ values: [Float], from floor: Float) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.lanes * Self.bins) { lanes in
            lanes.initialize(repeating: 0)
            values.withUnsafeBufferPointer { values in
                for (index, value) in values.enumerated() where value >= floor {
                    let bin = Int(min(max(value, 0) * Float(Self.bins), Float(Self.bins - 1)))
                    lanes[bin * Self.lanes + index % Self.lanes] += 1
                }
            }
            for bin in 0..<Self.bins {
                for lane in 0..<Self.lanes { counts[bin] += lanes[bin * Self.lanes + lane] }
                total += Int(counts[bin])
            }
        }
    }

    func quantile(_ share: Double) -> Float {
        var left = Int(share * Double(total))
        var bin = 0
        while total > 0, bin < Self.bins - 1, left >= Int(counts[bin]) {
            left -= Int(counts[bin])
            bin += 1
        }
        return Float(bin) / Float(Self.bins)
    }
}
