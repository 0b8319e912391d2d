/// A plane's filters over square windows, in a time that does not depend on the window. Each works down the columns, all of them
/// side by side, and then on the plane turned over.
extension Plane {
    /// The largest number of the window around each pixel.
    /// - Parameter radius: The window has `2 * radius + 1` rows and columns; beyond the edge there is nothing. Without one, or with one
    ///   below 1, the plane stays as it is.
    package func maximum(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return largest(radius: radius).transposed.largest(radius: radius).transposed
    }

    /// The smallest number of the window around each pixel.
    /// - Parameter radius: As for `maximum`.
    package func minimum(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return smallest(radius: radius).transposed.smallest(radius: radius).transposed
    }

    /// The smallest of the windows' largest numbers: what is dark and narrower than the window is gone.
    /// - Parameter radius: As for `maximum`.
    package func closing(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return largest(radius: radius).transposed.largest(radius: radius).smallest(radius: radius).transposed
            .smallest(radius: radius)
    }

    /// The mean of the window around each pixel.
    /// - Parameter radius: As for `maximum`; beyond the edge the outermost number goes on.
    package func mean(radius: Int) -> Plane {
        guard radius > 0 else { return self }
        return means(radius: radius).transposed.means(radius: radius).transposed
    }

    private func largest(radius: Int) -> Plane { extremes(radius: radius) { $0 > $1 ? $0 : $1 } }
    private func smallest(radius: Int) -> Plane { extremes(radius: radius) { $0 < $1 ? $0 : $1 } }

    /// The extreme of `2 * radius + 1` rows, by running extremes, downwards and upwards, of blocks as long as the window.
    ///
    /// M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", 1992,
    /// doi:10.1016/0167-8655(92)90069-C.
    @inline(__always)
    private func extremes(radius: Int, _ choose: (Float, Float) -> Float) -> Plane {
        guard height > 1, width > 0 else { return self }
        // A window beyond the plane sees no more than one that reaches its ends.
        let radius = min(radius, height - 1)
        let size = 2 * radius + 1
        var downwards = values
        var upwards = values
        return Plane(height: height, width: width) { result in
            downwards.withUnsafeMutableBufferPointer { downwards in
                upwards.withUnsafeMutableBufferPointer { upwards in
                    for row in 1..<height where row % size != 0 {
                        let here = downwards.baseAddress! + row * width
                        for column in 0..<width {
                            here[column] = choose((here - width)[column], here[column])
                        }
                    }
                    for row in (0..<height - 1).reversed() where row % size != size - 1 {
                        let here = upwards.baseAddress! + row * width
                        for column in 0..<width {
                            here[column] = choose((here + width)[column], here[column])
                        }
                    }
                    for row in 0..<height {
                        let (first, last) = (max(0, row - radius), min(height - 1, row + radius))
                        let (from, to, here) = (
                            upwards.baseAddress! + first * width, downwards.baseAddress! + last * width,
                            result.baseAddress! + row * width
                        )
                        // A window lies over two blocks, or, where it is one or the edge cuts it off, in one.
                        if first / size != last / size {
                            for column in 0..<width { here[column] = choose(from[column], to[column]) }
                        } else {
                            here.update(from: first % size == 0 ? to : from, count: width)
                        }
                    }
                }
            }
        }
    }

    /// The mean of `2 * radius + 1` rows: a running sum for each column.
    private func means(radius: Int) -> Plane {
        guard height > 0, width > 0 else { return self }
        let share = 1 / Float(2 * radius + 1)
        var sums = [Float](repeating: 0, count: width)
        return Plane(height: height, width: width) { result in
            values.withUnsafeBufferPointer { values in
                sums.withUnsafeMutableBufferPointer { sums in
                    func row(_ row: Int) -> UnsafePointer<Float> {
                        values.baseAddress! + min(max(row, 0), height - 1) * width
                    }
                    let sums = sums.baseAddress!
                    for place in -radius...radius {
                        let ahead = row(place)
                        for column in 0..<width { sums[column] += ahead[column] }
                    }
                    for place in 0..<height {
                        let (behind, ahead) = (row(place - radius), row(place + radius + 1))
                        let here = result.baseAddress! + place * width
                        for column in 0..<width {
                            here[column] = sums[column] * share
                            sums[column] += ahead[column] - behind[column]
                        }
                    }
                }
            }
        }
    }
}
