extension [Double] {
    /// The middle value, or the mean of the two in the middle.
    var median: Double { quantile(0.5) }

    /// The value below which a share of the values lies, between neighbours in proportion.
    /// - Precondition: Not empty.
    func quantile(_ share: Double) -> Double {
        precondition(!isEmpty, "Quantiles need at least one value.")
        let ordered = sorted()
        let place = share * Double(count - 1)
        let below = Int(place)
        let above = Swift.min(below + 1, count - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - Double(below))
    }
}

extension Duration {
    /// The whole as seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
