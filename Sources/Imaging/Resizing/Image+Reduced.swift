extension Image {
    /// The image at a smaller width and in the same proportions; each new pixel is the mean of the area that it covers.
    /// A width that is not smaller changes nothing.
    package func reduced(toWidth newWidth: Int) -> Image {
        precondition(newWidth > 0, "An image is at least one pixel wide, not \(newWidth).")
        guard newWidth < width else { return self }
        let newHeight = max(1, (height * newWidth + width / 2) / width)
        let rows = Self.coverage(of: height, by: newHeight)
        let columns = Self.coverage(of: width, by: newWidth)
        var reduced: [UInt8] = []
        for row in rows {
            for column in columns {
                for channel in 0..<channels {
                    var sum = 0.0
                    for (y, heightShare) in row {
                        for (x, widthShare) in column {
                            sum += heightShare * widthShare * Double(self[y, x, channel])
                        }
                    }
                    reduced.append(UInt8(min(255, sum.rounded())))
                }
            }
        }
        return Image(height: newHeight, width: newWidth, channels: channels, pixels: reduced)
    }

    /// For each of `newCount` equal parts of `0..<count`: the old pixels in it with their shares, which sum to 1.
    private static func coverage(of count: Int, by newCount: Int) -> [[(index: Int, share: Double)]] {
        let size = Double(count) / Double(newCount)
        return (0..<newCount).map { part in
            let start = Double(part) * size
            let end = min(Double(count), start + size)
            return (Int(start)..<min(count, Int(end.rounded(.up)))).map { index in
                (index, (min(end, Double(index + 1)) - max(start, Double(index))) / size)
            }
        }
    }
}
