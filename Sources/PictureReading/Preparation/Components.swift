package import Imaging

/// A piece of ink whose pixels hang together, diagonally too.
package struct Component: Sendable, Hashable {
    /// Its number in the labels, from 1.
    package let label: Int32
    /// The rectangle around it.
    package let box: PixelBox
    /// Number of pixels.
    package let count: Int
    /// The strongest ink.
    package let peak: Float
}

extension [Component] {
    /// The largest, in their order, where there are more than can be compared with each other: no page of writing has as many, but noise
    /// has.
    var largest: [Component] {
        let most = 4000
        guard count > most else { return self }
        return sorted { ($0.count, $1.label) > ($1.count, $0.label) }.prefix(most).sorted {
            $0.label < $1.label
        }
    }
}

/// The components of a plane.
package struct Components: Sendable, Hashable {
    /// The component of each pixel, `[height][width]`; 0 for none.
    package let labels: [Int32]
    /// Component `n` has the label `n + 1`.
    package let all: [Component]
    /// The plane's.
    let width: Int

    /// Finds them, in the order of their first pixels, row by row.
    /// - Parameter threshold: The least number that counts as ink.
    package init(of plane: Plane, threshold: Float = Ink.threshold) {
        let (height, width) = (plane.height, plane.width)
        var labels = [Int32](repeating: 0, count: height * width)
        var all: [Component] = []
        var stack: [Int] = []
        labels.withUnsafeMutableBufferPointer { labels in
            plane.values.withUnsafeBufferPointer { values in
                for start in 0..<values.count where labels[start] == 0 && values[start] >= threshold {
                    let label = Int32(all.count + 1)
                    var (top, left, bottom, right) = (height, width, 0, 0)
                    var count = 0
                    var peak = threshold
                    labels[start] = label
                    stack.append(start)
                    while let pixel = stack.popLast() {
                        let (row, column) = (pixel / width, pixel % width)
                        count += 1
                        peak = max(peak, values[pixel])
                        (top, bottom) = (min(top, row), max(bottom, row + 1))
                        (left, right) = (min(left, column), max(right, column + 1))
                        for y in max(0, row - 1)..<min(height, row + 2) {
                            for x in max(0, column - 1)..<min(width, column + 2) {
                                let next = y * width + x
                                if labels[next] == 0, values[next] >= threshold {
                                    labels[next] = label
                                    stack.append(next)
                                }
                            }
                        }
                    }
                    all.append(
                        Component(
                            label: label, box: PixelBox(top: top, left: left, bottom: bottom, right: right),
                            count: count, peak: peak))
                }
            }
        }
        self.labels = labels
        self.all = all
        self.width = width
    }

    /// Which labels are among these: a table with a place for each label, 0 included.
    func table(of labels: Set<Int32>) -> [Bool] {
        var table = [Bool](repeating: false, count: all.count + 1)
        for label in labels where table.indices.contains(Int(label)) { table[Int(label)] = true }
        return table
    }

    /// 1 where pixels of these labels are, in a rectangle of the plane; 0 elsewhere, and beyond the plane's edge.
    package func mask(of chosen: Set<Int32>, in area: PixelBox) -> Plane {
        let table = table(of: chosen)
        let height = width > 0 ? labels.count / width : 0
        var mask = Plane(height: area.height, width: area.width)
        let columns = max(area.left, 0)..<max(area.left, 0, min(area.right, width))
        for row in max(area.top, 0)..<max(area.top, 0, min(area.bottom, height)) {
            for column in columns where table[Int(labels[row * width + column])] {
                mask[row - area.top, column - area.left] = 1
            }
        }
        return mask
    }
}
