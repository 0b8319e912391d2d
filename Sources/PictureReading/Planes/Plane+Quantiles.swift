/// What share of a plane's numbers, from 0 to 1, lies where.
extension Plane {
    private static let bins = 2048

    /// The number that a share of all numbers lie below, to a two-thousandth; 0 where there are none.
    /// - Parameter share: From 0 to 1.
    package func quantile(_ share: Double) -> Float { Histogram(values, bins: Self.bins).quantile(share) }

    /// Several of them at once.
    func quantiles(_ shares: [Double]) -> [Float] {
        let histogram = Histogram(values, bins: Self.bins)
        return shares.map(histogram.quantile)
    }

    /// The same among the numbers that count as ink; 1 where there are none.
    func quantileOfInk(_ share: Double) -> Float {
        let histogram = Histogram(values, bins: Self.bins, from: Ink.threshold)
        return histogram.total > 0 ? histogram.quantile(share) : 1
    }
}

extension Histogram {
    /// The lower end of the bin that a share of the numbers lie below.
    fileprivate func quantile(_ share: Double) -> Float {
        var left = Int(share * Double(total))
        var bin = 0
        while total > 0, bin < counts.count - 1, left >= counts[bin] {
            left -= counts[bin]
            bin += 1
        }
        return Float(bin) / Float(counts.count)
    }
}
