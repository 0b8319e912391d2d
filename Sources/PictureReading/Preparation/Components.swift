package import Imaging

/// A piece of ink whose pixels hang together, diagonally too.
package struct Component: Sendable, Hashable {
    /// Its number in the labels, from 1.
    package let label: Int32
    /// The rectangle around it.
    package var box: PixelBox
    /// Number of pixels.
    package var count: Int
    /// The strongest ink.
    package var peak: Float
}

/// The components of a plane.
package struct Components: Sendable {
    /// The component of each pixel, `[height][width]`; 0 for none.
    package let labels: [Int32]
    /// Component `n` has the label `n + 1`.
    package let all: [Component]

    /// Finds them, in the order of their topmost, leftmost pixels.
    package init(of plane: Plane, threshold: Float = Ink.threshold) {
        let (height, width) = (plane.height, plane.width)
        var labels = [Int32](repeating: 0, count: height * width)
        var all: [Component] = []
        var stack: [Int] = []
        for start in 0..<height * width where labels[start] == 0 && plane.values[start] >= threshold {
            let label = Int32(all.count + 1)
            let (row, column) = (start / width, start % width)
            var component = Component(
                label: label, box: PixelBox(top: row, left: column, bottom: row + 1, right: column + 1),
                count: 0, peak: 0)
            var (top, left, bottom, right) = (row, column, row, column)
            labels[start] = label
            stack.append(start)
            while let pixel = stack.popLast() {
                let (row, column) = (pixel / width, pixel % width)
                component.count += 1
                component.peak = max(component.peak, plane.values[pixel])
                top = min(top, row)
                bottom = max(bottom, row)
                left = min(left, column)
                right = max(right, column)
                for y in max(0, row - 1)...min(height - 1, row + 1) {
                    for x in max(0, column - 1)...min(width - 1, column + 1) {
                        let next = y * width + x
                        if labels[next] == 0, plane.values[next] >= threshold {
                            labels[next] = label
                            stack.append(next)
                        }
                    }
                }
            }
            component.box = PixelBox(top: top, left: left, bottom: bottom + 1, right: right + 1)
            all.append(component)
        }
        self.labels = labels
        self.all = all
    }
}
