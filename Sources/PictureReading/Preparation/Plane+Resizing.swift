/// A plane on a grid of another size. Numbers stand for areas.
extension Plane {
    /// The mean, or the largest, of each block of `factor` × `factor` numbers; the last blocks may be smaller.
    package func reduced(by factor: Int, largest: Bool = false) -> Plane {
        guard factor > 1 else { return self }
        var result = Plane(
            height: (height + factor - 1) / factor, width: (width + factor - 1) / factor)
        values.withUnsafeBufferPointer { source in
            for row in 0..<result.height {
                let rows = row * factor..<min(height, (row + 1) * factor)
                for column in 0..<result.width {
                    let columns = column * factor..<min(width, (column + 1) * factor)
                    var value: Float = 0
                    for y in rows {
                        for x in columns {
                            let next = source[y * width + x]
                            value = largest ? max(value, next) : value + next
                        }
                    }
                    result[row, column] = largest ? value : value / Float(rows.count * columns.count)
                }
            }
        }
        return result
    }

    /// The plane at another size: the mean of the area that each new number covers where that is larger than an old one, and
    /// between the old ones in straight lines where it is not.
    package func resized(toHeight newHeight: Int, width newWidth: Int) -> Plane {
        if newHeight == height && newWidth == width { return self }
        return resampledRows(to: newWidth).transposed.resampledRows(to: newHeight).transposed
    }

    private func resampledRows(to count: Int) -> Plane {
        guard count != width else { return self }
        let weights = Self.weights(of: width, over: count)
        var result = Plane(height: height, width: count)
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { destination in
                for row in 0..<height {
                    for (column, weight) in weights.enumerated() {
                        var sum: Float = 0
                        for (offset, share) in weight.shares.enumerated() {
                            sum += share * source[row * width + weight.first + offset]
                        }
                        destination[row * count + column] = sum
                    }
                }
            }
        }
        return result
    }

    /// What each new number takes of the old ones; shares sum to 1.
    private static func weights(of old: Int, over new: Int) -> [(first: Int, shares: [Float])] {
        let size = Double(old) / Double(new)
        return (0..<new).map { index in
            if size <= 1 {
                let place = min(max((Double(index) + 0.5) * size - 0.5, 0), Double(old - 1))
                let first = min(Int(place), max(0, old - 2))
                let share = Float(place - Double(first))
                return old == 1 ? (0, [1]) : (first, [1 - share, share])
            }
            let (start, end) = (Double(index) * size, min(Double(index + 1) * size, Double(old)))
            let first = Int(start)
            let last = min(old - 1, Int(end.rounded(.up)) - 1)
            return (
                first,
                (first...last).map { Float((min(end, Double($0 + 1)) - max(start, Double($0))) / (end - start)) }
            )
        }
    }
}
