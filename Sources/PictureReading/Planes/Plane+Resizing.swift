package import Imaging

/// A plane on a grid of another size. Numbers stand for areas.
extension Plane {
    /// One channel of an image, `0…1`, at a size of its own.
    ///
    /// No more than two rows of the image are floats at a time, so that a large one needs no more memory than its bytes.
    package init(_ image: Image, channel: Int, height: Int, width: Int) {
        let channels = image.channels
        self = image.pixels.withUnsafeBufferPointer { pixels in
            Self.resampled(
                height: image.height, width: image.width, toHeight: height, width: width
            ) { row, destination in
                let start = row * image.width * channels + channel
                for column in 0..<image.width {
                    destination[column] = Float(pixels[start + column * channels]) / 255
                }
            }
        }
    }

    /// The channels of an image, `0…1`; of one without colour a single one.
    package static func channels(of image: Image) -> [Plane] {
        (0..<image.channels).map { Plane(image, channel: $0, height: image.height, width: image.width) }
    }

    /// The plane at another size: the mean of the area that each new number covers where that is larger than an old one, and
    /// between the old ones in straight lines where it is not.
    package func resized(toHeight newHeight: Int, width newWidth: Int) -> Plane {
        if newHeight == height && newWidth == width { return self }
        return values.withUnsafeBufferPointer { values in
            Self.resampled(height: height, width: width, toHeight: newHeight, width: newWidth) {
                row, destination in
                for column in 0..<width { destination[column] = values[row * width + column] }
            }
        }
    }

    /// The largest number of each block of `side` × `side`; the last blocks may be smaller.
    /// - Precondition: `side` is above 0.
    package func blockMaximum(side: Int) -> Plane {
        precondition(side > 0, "A block has at least one pixel, not \(side).")
        if side == 1 { return self }
        let (rows, columns) = ((height + side - 1) / side, (width + side - 1) / side)
        // The largest of each column of a row of blocks, many columns at a time.
        var tallest = [Float](repeating: 0, count: width)
        return Plane(height: rows, width: columns) { result in
            values.withUnsafeBufferPointer { values in
                tallest.withUnsafeMutableBufferPointer { tallest in
                    guard let values = values.baseAddress, let tallest = tallest.baseAddress else { return }
                    for row in 0..<rows {
                        tallest.update(from: values + row * side * width, count: width)
                        for y in row * side + 1..<max(row * side + 1, min(height, (row + 1) * side)) {
                            let next = values + y * width
                            for x in 0..<width { tallest[x] = next[x] > tallest[x] ? next[x] : tallest[x] }
                        }
                        for column in 0..<columns {
                            var largest = -Float.infinity
                            for x in column * side..<min(width, (column + 1) * side) {
                                largest = tallest[x] > largest ? tallest[x] : largest
                            }
                            result[row * columns + column] = largest
                        }
                    }
                }
            }
        }
    }

    /// Resamples each row once, and sums the rows up as they come.
    /// - Parameter read: Writes an old row's numbers.
    private static func resampled(
        height: Int, width: Int, toHeight newHeight: Int, width newWidth: Int,
        _ read: (_ row: Int, _ destination: UnsafeMutableBufferPointer<Float>) -> Void
    ) -> Plane {
        guard min(height, width, newHeight, newWidth) > 0 else {
            return Plane(height: newHeight, width: newWidth)
        }
        let (rows, columns) = (Shares(of: height, over: newHeight), Shares(of: width, over: newWidth))
        var old = [Float](repeating: 0, count: width)
        // A new row begins in one of the two old rows that the row before it ended with.
        var kept = [Float](repeating: 0, count: 2 * newWidth)
        var keptRows = [-1, -1]
        return Plane(height: newHeight, width: newWidth) { result in
            result.update(repeating: 0)
            old.withUnsafeMutableBufferPointer { old in
                kept.withUnsafeMutableBufferPointer { kept in
                    for newRow in 0..<newHeight {
                        for (row, share) in rows[newRow] {
                            let place = row % 2 * newWidth
                            if keptRows[row % 2] != row {
                                read(row, old)
                                columns.resample(old, into: kept.baseAddress! + place)
                                keptRows[row % 2] = row
                            }
                            // Pointers to rows, so that the loop is done many columns at a time.
                            let (sum, row) = (
                                result.baseAddress! + newRow * newWidth, kept.baseAddress! + place
                            )
                            for column in 0..<newWidth { sum[column] += share * row[column] }
                        }
                    }
                }
            }
        }
    }
}

/// What each new number of a row takes of the old ones; its shares sum to 1.
private struct Shares {
    /// The first old number of each new one.
    private var first: [Int] = []
    /// Where the shares of each new number begin, and behind the last where they end.
    private var starts = [0]
    private var shares: [Float] = []

    init(of old: Int, over new: Int) {
        let size = Double(old) / Double(new)
        for index in 0..<new {
            if old == new || old == 1 {
                first.append(old == 1 ? 0 : index)
                shares.append(1)
            } else if size < 1 {
                let place = min(max((Double(index) + 0.5) * size - 0.5, 0), Double(old - 1))
                let before = min(Int(place), old - 2)
                let share = Float(place - Double(before))
                first.append(before)
                shares += [1 - share, share]
            } else {
                let (start, end) = (Double(index) * size, min(Double(index + 1) * size, Double(old)))
                let last = min(old - 1, Int(end.rounded(.up)) - 1)
                first.append(Int(start))
                shares += (Int(start)...last).map {
                    Float((min(end, Double($0 + 1)) - max(start, Double($0))) / (end - start))
                }
            }
            starts.append(shares.count)
        }
    }

    /// The old numbers of a new one, with their shares.
    subscript(new: Int) -> [(old: Int, share: Float)] {
        (starts[new]..<starts[new + 1]).map { (first[new] + $0 - starts[new], shares[$0]) }
    }

    /// Writes a new row.
    func resample(_ old: UnsafeMutableBufferPointer<Float>, into new: UnsafeMutablePointer<Float>) {
        first.withUnsafeBufferPointer { first in
            starts.withUnsafeBufferPointer { starts in
                shares.withUnsafeBufferPointer { shares in
                    for index in 0..<first.count {
                        let source = first[index] - starts[index]
                        var sum: Float = 0
                        for place in starts[index]..<starts[index + 1] {
                            sum += shares[place] * old[source + place]
                        }
                        new[index] = sum
                    }
                }
            }
        }
    }
}
