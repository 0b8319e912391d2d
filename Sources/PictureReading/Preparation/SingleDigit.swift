package import Imaging

/// Picks the one digit of an image's ink and makes of it what MNIST's makers made: its grey levels fitted into 20 × 20 pixels,
/// their centre of mass in the middle of 28 × 28.
package struct SingleDigit: Sendable {
    /// `[28][28]`, 255 being full ink.
    package let image: Image
    /// Where it is, in the plane's pixels.
    package let box: PixelBox

    /// - Returns: nil where there is nothing but specks.
    package init?(in ink: Ink) {
        // Frames may be darker than the pen.
        guard let plane = InkFinder.normalized(Frame.removed(from: ink.plane)) else { return nil }
        let components = Components(of: plane)
        guard let (labels, box) = Self.choose(components, of: plane, strokeWidth: ink.strokeWidth) else { return nil }
        // Ink below the threshold belongs to the component that it lies beside.
        let margin = Int(ink.strokeWidth.rounded(.up)) + 1
        let near = PixelBox(
            top: box.top - margin, left: box.left - margin, bottom: box.bottom + margin,
            right: box.right + margin)
        var mask = Plane(height: plane.height, width: plane.width)
        for (index, label) in components.labels.enumerated() where labels.contains(label) { mask.values[index] = 1 }
        let reach = mask.maximum(radius: 2)
        let cut = plane.zip(reach) { $0 * $1 }.cropped(to: near)
        image = DigitImage.fitted(cut)
        self.box = box
    }

    private static func choose(
        _ components: Components, of plane: Plane, strokeWidth: Float
    ) -> (labels: Set<Int32>, box: PixelBox)? {
        let (height, width) = (Double(plane.height), Double(plane.width))
        func weight(_ component: Component) -> Double {
            let x = Double(component.box.left + component.box.right) / 2 / width - 0.5
            let y = Double(component.box.top + component.box.bottom) / 2 / height - 0.5
            let size = Double(max(component.box.height, component.box.width))
            return Double(component.count).squareRoot() * size * (1 - min(0.7, 1.5 * (x * x + y * y)))
        }
        let real = components.all.filter { $0.peak >= 0.6 }
        guard let main = real.max(by: { weight($0) < weight($1) }) else { return nil }
        var box = main.box
        var labels: Set<Int32> = [main.label]
        var left = real.filter { $0.label != main.label }
        while true {
            let size = max(box.height, box.width)
            let index = left.firstIndex { piece in
                let gap = max(
                    max(piece.box.left - box.right, box.left - piece.box.right),
                    max(piece.box.top - box.bottom, box.top - piece.box.bottom))
                let length = max(piece.box.height, piece.box.width)
                if gap <= 0 { return length > size / 12 }
                let isDot = length * 4 < size
                return isDot ? Float(gap) < strokeWidth : gap * 5 < size && length * 5 > size
            }
            guard let index else { break }
            let piece = left.remove(at: index)
            labels.insert(piece.label)
            box = box.union(piece.box)
        }
        return (labels, box)
    }
}

/// What a network of MNIST's kind sees of a digit.
package enum DigitImage {
    /// Rows and columns of the image.
    package static let side = 28
    /// Rows and columns that the digit fills.
    package static let boxSide = 20

    /// Fits ink into the image.
    package static func fitted(_ ink: Plane) -> Image {
        let strokes = StrokeStatistics(ink)
        let box = bounds(of: ink)
        let scale = Double(boxSide) / Double(max(box.height, box.width))
        // A hairline made smaller vanishes: widen it before.
        let width = Double(strokes?.width ?? 1) * scale
        let missing = (leastStrokeWidth - width) / scale / 2
        var wide = ink
        var wideBox = box
        if missing >= 0.5 {
            let radius = Int(missing.rounded())
            let padded = ink.cropped(
                to: PixelBox(
                    top: -radius, left: -radius, bottom: ink.height + radius, right: ink.width + radius))
            wide = padded.maximum(radius: radius)
            wideBox = bounds(of: wide)
        }
        let cut = wide.cropped(to: wideBox)
        let longest = max(cut.height, cut.width)
        let height = max(1, Int((Double(cut.height * boxSide) / Double(longest)).rounded()))
        let columns = max(1, Int((Double(cut.width * boxSide) / Double(longest)).rounded()))
        var small = cut.resized(toHeight: height, width: columns)
        let full = max(0.3, small.quantileOfInk(0.8))
        small = small.map { min(1, $0 / full) }
        return centred(small)
    }

    private static let leastStrokeWidth = 2.2

    private static func bounds(of ink: Plane) -> PixelBox {
        var (top, left, bottom, right) = (ink.height, ink.width, -1, -1)
        for row in 0..<ink.height {
            for column in 0..<ink.width where ink[row, column] >= Ink.threshold {
                (top, bottom) = (min(top, row), max(bottom, row))
                (left, right) = (min(left, column), max(right, column))
            }
        }
        return bottom >= 0
            ? PixelBox(top: top, left: left, bottom: bottom + 1, right: right + 1)
            : PixelBox(top: 0, left: 0, bottom: ink.height, right: ink.width)
    }

    /// Puts the centre of mass into the middle.
    private static func centred(_ ink: Plane) -> Image {
        var (mass, rows, columns) = (Float(1e-6), Float(0), Float(0))
        for row in 0..<ink.height {
            for column in 0..<ink.width {
                mass += ink[row, column]
                rows += ink[row, column] * Float(row)
                columns += ink[row, column] * Float(column)
            }
        }
        let middle = Float(side - 1) / 2
        let top = min(max(Int((middle - rows / mass).rounded()), 0), side - ink.height)
        let left = min(max(Int((middle - columns / mass).rounded()), 0), side - ink.width)
        var pixels = [UInt8](repeating: 0, count: side * side)
        for row in 0..<ink.height {
            for column in 0..<ink.width {
                pixels[(row + top) * side + column + left] = UInt8((ink[row, column] * 255).rounded())
            }
        }
        return Image(height: side, width: side, pixels: pixels)
    }
}
