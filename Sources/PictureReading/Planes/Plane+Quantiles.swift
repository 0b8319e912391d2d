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

    private var counts = [Int](repeating: 0, count: bins)
    private(set) var total = 0

    /// Counts the numbers from `floor` on.
    init(_ values: [Float], from floor: Float) {
        counts.withUnsafeMutableBufferPointer { counts in
            for value in values where value >= floor {
                counts[Int(min(max(value, 0) * Float(Self.bins), Float(Self.bins - 1)))] += 1
                total += 1
            }
        }
    }

    func quantile(_ share: Double) -> Float {
        var left = Int(share * Double(total))
        var bin = 0
        while total > 0, bin < Self.bins - 1, left >= counts[bin] {
            left -= counts[bin]
            bin += 1
        }
        return Float(bin) / Float(Self.bins)
    }
}
