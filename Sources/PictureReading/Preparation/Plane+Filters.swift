/// A plane's filters over square windows, in a time that does not depend on the window. Each works down the columns, all of them
/// side by side, and then on the plane turned over.
extension Plane {
    /// The largest number of the window around each pixel.
    /// - Parameter radius: The window has `2 * radius + 1` rows and columns; beyond the edge there is nothing.
    package func maximum(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return extremes(radius: radius, Swift.max).transposed.extremes(radius: radius, Swift.max).transposed
    }

    /// The smallest number of the window around each pixel.
    /// - Parameter radius: As for `maximum`.
    package func minimum(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return extremes(radius: radius, Swift.min).transposed.extremes(radius: radius, Swift.min).transposed
    }

    /// The mean of the window around each pixel.
    /// - Parameter radius: As for `maximum`; beyond the edge the outermost number goes on.
    package func mean(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return means(radius: radius).transposed.means(radius: radius).transposed
    }

    /// The extreme of `2 * radius + 1` rows, by M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular
    /// and octagonal kernels", 1992, doi:10.1016/0167-8655(92)90069-C: running extremes of blocks as long as the window, downwards
    /// and upwards.
    @inline(__always)
    private func extremes(radius: Int, _ choose: (Float, Float) -> Float) -> Plane {
        let size = 2 * radius + 1
        let width = width
        var downwards = self
        var upwards = self
        downwards.values.withUnsafeMutableBufferPointer { rows in
            for row in 1..<max(1, height) where row % size != 0 {
                let start = row * width
                for place in start..<start + width { rows[place] = choose(rows[place - width], rows[place]) }
            }
        }
        upwards.values.withUnsafeMutableBufferPointer { rows in
            for row in (0..<max(0, height - 1)).reversed() where row % size != size - 1 {
                let start = row * width
                for place in start..<start + width { rows[place] = choose(rows[place + width], rows[place]) }
            }
        }
        var result = self
        result.values.withUnsafeMutableBufferPointer { result in
            upwards.values.withUnsafeBufferPointer { upwards in
                downwards.values.withUnsafeBufferPointer { downwards in
                    for row in 0..<height {
                        let (first, last) = (max(0, row - radius), min(height - 1, row + radius))
                        let (from, to, place) = (first * width, last * width, row * width)
                        // A window lies over two blocks, or, where it is one or the edge cuts it off, in one.
                        if first / size != last / size {
                            for column in 0..<width {
                                result[place + column] = choose(upwards[from + column], downwards[to + column])
                            }
                        } else if first % size == 0 {
                            for column in 0..<width { result[place + column] = downwards[to + column] }
                        } else {
                            for column in 0..<width { result[place + column] = upwards[from + column] }
                        }
                    }
                }
            }
        }
        return result
    }

    private func means(radius: Int) -> Plane {
        let width = width
        let share = 1 / Float(2 * radius + 1)
        var sums = [Float](repeating: 0, count: width)
        var result = self
        values.withUnsafeBufferPointer { values in
            func start(_ row: Int) -> Int { min(max(row, 0), height - 1) * width }
            for row in -radius...radius {
                let start = start(row)
                for column in 0..<width { sums[column] += values[start + column] }
            }
            sums.withUnsafeMutableBufferPointer { sums in
                result.values.withUnsafeMutableBufferPointer { result in
                    for row in 0..<height {
                        let (behind, ahead, place) = (start(row - radius), start(row + radius + 1), row * width)
                        for column in 0..<width {
                            result[place + column] = sums[column] * share
                            sums[column] += values[ahead + column] - values[behind + column]
                        }
                    }
                }
            }
        }
        return result
    }
}
