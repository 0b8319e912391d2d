/// Parts numbers into two classes.
///
/// N. Otsu, "A threshold selection method from gray-level histograms", 1979, doi:10.1109/TSMC.1979.4310076.
package enum Otsu {
    /// The first level of the upper of two classes whose means differ most, in relation to their sizes; 1 where there is but one class.
    package static func threshold(of histogram: [Int]) -> Int {
        let total = histogram.reduce(0, +)
        let sum = histogram.indices.reduce(0) { $0 + $1 * histogram[$1] }
        var (best, threshold, below, belowSum) = (-1.0, 1, 0, 0)
        for level in 0..<histogram.count - 1 {
            below += histogram[level]
            belowSum += level * histogram[level]
            guard below > 0, below < total else { continue }
            let difference = Double(belowSum) / Double(below) - Double(sum - belowSum) / Double(total - below)
            let between = Double(below) * Double(total - below) * difference * difference
            if between > best { (best, threshold) = (between, level + 1) }
        }
        return threshold
    }
}
