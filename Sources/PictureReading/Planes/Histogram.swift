/// How many numbers lie in each of the equal parts of `0…1`; those outside count for the nearest.
struct Histogram {
    private(set) var counts: [Int]
    private(set) var total = 0

    /// Numbers that follow each other are often alike: each of them has counters of its own, so that none waits for the other.
    private static let lanes = 4

    /// Counts the numbers from `floor` on.
    init(_ values: [Float], bins: Int, from floor: Float = -.infinity) {
        counts = [Int](repeating: 0, count: bins)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.lanes * bins) { lanes in
            lanes.initialize(repeating: 0)
            let (size, last) = (Float(bins), Float(bins - 1))
            values.withUnsafeBufferPointer { values in
                for (index, value) in values.enumerated() where value >= floor {
                    let bin = Int(min(max(value, 0) * size, last))
                    lanes[bin * Self.lanes + index % Self.lanes] &+= 1
                }
            }
            for bin in 0..<bins {
                for lane in 0..<Self.lanes { counts[bin] += Int(lanes[bin * Self.lanes + lane]) }
                total += counts[bin]
            }
        }
    }
}
