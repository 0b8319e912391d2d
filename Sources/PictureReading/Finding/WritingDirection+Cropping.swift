import Imaging

// What lies in a rectangle among level lines.

extension Plane {
    /// The numbers of a rectangle; beyond the edge they are 0.
    /// - Parameter direction: Its rows and columns are those of lines of this direction.
    func cropped(to box: PixelBox, _ direction: WritingDirection) -> Plane {
        guard direction != .level else { return cropped(to: box) }
        var result = Plane(height: box.height, width: box.width)
        box.forEachPixel(direction) { row, column, source in
            result[row, column] = interpolated(row: source.row - 0.5, column: source.column - 0.5)
        }
        return result
    }

    /// The number at a point between pixels' middles, in straight lines; 0 beyond the edge.
    func interpolated(row: Double, column: Double) -> Float {
        let (top, left) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
        let (v, u) = (Float(row - Double(top)), Float(column - Double(left)))
        guard top >= 0, top + 1 < height, left >= 0, left + 1 < width else {
            func at(_ row: Int, _ column: Int) -> Float {
                0..<height ~= row && 0..<width ~= column ? self[row, column] : 0
            }
            return (at(top, left) * (1 - u) + at(top, left + 1) * u) * (1 - v)
                + (at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u) * v
        }
        let place = top * width + left
        return (values[place] * (1 - u) + values[place + 1] * u) * (1 - v)
            + (values[place + width] * (1 - u) + values[place + width + 1] * u) * v
    }
}

extension Components {
    /// 1 where pixels of these labels are, in a rectangle; 0 elsewhere, and beyond the plane's edge.
    /// - Parameter direction: Its rows and columns are those of lines of this direction.
    func mask(of chosen: Set<Int32>, in box: PixelBox, _ direction: WritingDirection) -> Plane {
        guard direction != .level else { return mask(of: chosen, in: box) }
        let table = table(of: chosen)
        let height = width > 0 ? labels.count / width : 0
        var mask = Plane(height: box.height, width: box.width)
        box.forEachPixel(direction) { row, column, source in
            let (y, x) = (Int(source.row.rounded(.down)), Int(source.column.rounded(.down)))
            if 0..<height ~= y, 0..<width ~= x, table[Int(labels[y * width + x])] { mask[row, column] = 1 }
        }
        return mask
    }
}

extension PixelBox {
    /// Each pixel, and the point of the plane where its middle lies.
    fileprivate func forEachPixel(
        _ direction: WritingDirection,
        _ body: (_ row: Int, _ column: Int, _ source: (row: Double, column: Double)) -> Void
    ) {
        for row in 0..<height {
            for column in 0..<width {
                body(
                    row, column,
                    direction.source(row: Double(top + row) + 0.5, column: Double(left + column) + 0.5))
            }
        }
    }
}
