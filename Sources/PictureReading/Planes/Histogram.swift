/// How many numbers lie in each of the equal parts of `0…1`; those outside count for the nearest.
struct Histogram {
    private(set) var counts: [Int]
    private(set) var total = 0

    /// Numbers that follow each other are often alike: so many, a power of two, have counters of their own, so that none waits for the
    /// other.
    private static let lanes = 4

    /// So many numbers find their bins before they are counted.
    private static let chunk = 1024

    /// Counts the numbers from `floor` on. What is not a number counts nowhere.
    init(_ values: [Float], bins: Int, from floor: Float = -.infinity) {
        counts = [Int](repeating: 0, count: bins)
        // One more, for what is not counted.
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.lanes * (bins + 1)) { lanes in
            lanes.initialize(repeating: 0)
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.chunk) { chunk in
                values.withUnsafeBufferPointer { values in
                    for start in stride(from: 0, to: values.count, by: Self.chunk) {
                        let part = values[start..<min(start + Self.chunk, values.count)]
                        Self.find(bins, of: UnsafeBufferPointer(rebasing: part), from: floor, into: chunk)
                        for index in 0..<part.count {
                            lanes[Int(chunk[index]) &* Self.lanes &+ index & (Self.lanes &- 1)] &+= 1
                        }
                    }
                }
            }
            for bin in 0..<bins {
                counts[bin] = lanes[bin * Self.lanes..<(bin + 1) * Self.lanes].reduce(0) { $0 + Int($1) }
                total += counts[bin]
            }
        }
    }

    /// Writes the bin of each number, `bins` for one below the floor.
    private static func find(
        _ bins: Int, of values: UnsafeBufferPointer<Float>, from floor: Float,
        into result: UnsafeMutableBufferPointer<UInt32>
    ) {
        let count = values.count
        guard let values = values.baseAddress, let result = result.baseAddress else { return }
        let (size, last, none) = (Float(bins), Float(bins - 1), UInt32(bins))
        // A number that this is added to is rounded to a whole one, which its bits end with; the processor's own conversion would be
        // asked for one number at a time, to trap on what is too large.
        let whole: Float = 0x1p23
        for index in 0..<count {
            let place = min(max(values[index], 0) * size, last)
            let nearest = (place + whole) - whole
            let below = nearest > place ? nearest - 1 : nearest
            let bin = (below + whole).bitPattern & 0x7F_FFFF
            result[index] = values[index] >= floor ? bin : none
        }
    }
}
