/// Ink told from grain by Otsu's rule.
extension Plane {
    /// What a whole stroke has: the middle of the numbers of the upper class.
    /// - Parameter floor: Numbers up to it are left out; what is left is from 0 to 1.
    /// - Returns: From 0 to 1, to a 256th; 0 where no number is above the floor.
    package func strokeStrength(above floor: Float) -> Float {
        let histogram = Histogram(values, bins: 256, from: floor.nextUp)
        guard histogram.total > 0 else { return 0 }
        let counts = histogram.counts
        var level = Otsu.threshold(of: counts)
        var left = counts[level...].reduce(0, +) / 2
        while level < 255, left > counts[level] {
            left -= counts[level]
            level += 1
        }
        return (Float(level) + 0.5) / 256
    }

    /// Ink of which something was taken away, so that a whole stroke of the rest has 1; nil where nothing is left.
    package func normalized() -> Plane? {
        let strength = strokeStrength(above: 0.08)
        return strength > 0 ? map { min(1, $0 / strength) } : nil
    }
}
