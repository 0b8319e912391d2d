package import Imaging

/// The one digit of an image's ink, made into what MNIST's makers made of theirs (`DigitImage`).
package struct SingleDigit: Sendable, Hashable {
    /// `[28][28]`, 255 being full ink.
    package let image: Image
    /// The rectangle around its pieces, in the plane's pixels.
    package let box: PixelBox
    /// The ink without the frame, as strong as can be.
    package let unframed: Plane
    /// Its pieces in that rectangle, and nothing else.
    package let piece: Plane
    /// The rectangles around other ink that reaches out of that rectangle.
    package let others: [PixelBox]

    /// Picks the digit: the largest component near the middle, with the pieces that belong to it.
    /// - Returns: nil where there is nothing but specks.
    package init?(in ink: Ink) {
        let unruled = StripFinder(isOneLine: true).withoutRules(ink)
        // Frames may be darker than the pen.
        guard let plane = Frame.removed(from: unruled).normalized() else { return nil }
        let components = Components(of: plane)
        guard let pieces = Self.pieces(of: components, in: plane, strokeWidth: ink.strokeWidth) else {
            return nil
        }
        let box = pieces.dropFirst().reduce(pieces[0].box) { $0.union($1.box) }
        // Ink below the threshold belongs to the component that it lies beside.
        let margin = Int(ink.strokeWidth.rounded(.up)) + 1
        let area = PixelBox(
            top: box.top - margin, left: box.left - margin, bottom: box.bottom + margin,
            right: box.right + margin)
        let mask = components.mask(of: Set(pieces.map(\.label)), in: area)
        let own = plane.cropped(to: area).zip(mask.maximum(radius: 2)) { $0 * $1 }
        image = DigitImage.fitted(own)
        self.box = box
        others = components.all.map(\.box).filter { !box.contains($0) }
        unframed = plane
        piece = own.cropped(to: PixelBox(left: margin, top: margin, width: box.width, height: box.height))
    }

    /// The digit as MNIST has it, and a little narrower and wider: people write each digit so and so, and what a network makes of all three
    /// is surer than what it makes of one.
    package var views: [Image] {
        [image]
            + Self.widths.map { factor in
                let width = max(1, Int((Double(piece.width) * factor).rounded()))
                return DigitImage.fitted(piece.resized(toHeight: piece.height, width: width))
            }
    }

    /// The widths of the other views, as shares of its own.
    private static let widths = [0.85, 1.18]

    /// The largest component near the middle, and, one after the other, those that are near enough to what there is already.
    private static func pieces(of components: Components, in plane: Plane, strokeWidth: Float) -> [Component]?
    {
        let rings = components.rings()
        var others = components.all.filter { $0.peak >= 0.6 && !rings.contains($0.label) }.largest
        let weights = others.map { weight($0, in: plane) }
        guard let main = others.indices.max(by: { weights[$0] < weights[$1] }) else { return nil }
        var pieces = [others.remove(at: main)]
        var box = pieces[0].box
        while let next = others.firstIndex(where: { belongs($0.box, to: box, strokeWidth: strokeWidth) }) {
            box = box.union(others[next].box)
            pieces.append(others.remove(at: next))
        }
        return pieces
    }

    /// How likely a component is the digit: large, and not at the edge.
    private static func weight(_ component: Component, in plane: Plane) -> Double {
        let box = component.box
        let x = Double(box.left + box.right) / 2 / Double(plane.width) - 0.5
        let y = Double(box.top + box.bottom) / 2 / Double(plane.height) - 0.5
        let size = Double(max(box.height, box.width))
        return Double(component.count).squareRoot() * size * (1 - min(0.7, 1.5 * (x * x + y * y)))
    }

    /// Whether a piece belongs to a digit: a part that lies in it, or a stroke of some length beside it; no dot.
    private static func belongs(_ piece: PixelBox, to digit: PixelBox, strokeWidth: Float) -> Bool {
        let size = max(digit.height, digit.width)
        let length = max(piece.height, piece.width)
        let gap = max(
            piece.left - digit.right, digit.left - piece.right, piece.top - digit.bottom,
            digit.top - piece.bottom)
        if gap <= 0 { return length > size / 12 }
        let isDot = length * 4 < size
        return isDot ? Float(gap) < strokeWidth : gap * 5 < size && length * 5 > size
    }
}
