internal import Compute
internal import Imaging

/// All that a scene is made of, before it is drawn. Places are on paper, in pixels.
struct Composition {
    var paper: Paper
    /// What is printed, below the writing.
    var print: [Item] = []
    /// Digits and marks, in the order in which digits are read.
    var writing: [Item]
    /// What of the paper is to be seen, and how much around it in pixels, left and top, right and bottom; below 0, ink is cut.
    var content: Rectangle
    var margins = (low: SIMD2<Float>.zero, high: SIMD2<Float>.zero)
    var distortion = View.Distortion()
    var light = Light()
    var camera = Camera()
    var hasColor = false

    /// A digit counts if so much of its outline is in the image.
    private static let visibleShare: Float = 0.75
    /// Sides of an image, in pixels.
    private static let sides: ClosedRange<Float> = 16...2400
}

extension Composition {
    /// Draws the scene.
    func rendered(random: inout CounterBasedRandom) -> Scene {
        var view = View(of: content, distortion, random: &random)
        let size = frame(&view)
        var canvas = Canvas(
            height: Int(size.y), width: Int(size.x), channels: hasColor ? 3 : 1, random: &random)
        paper.lay(on: &canvas, random: &random)
        for item in print { canvas.draw(item, seen: view) }
        let lines = write(on: &canvas, seen: view)
        light.shine(on: &canvas, random: &random)
        let image = camera.take(canvas, random: &random)
        return Scene(
            image: image, lines: lines,
            mask: Image(height: canvas.height, width: canvas.width, pixels: canvas.mask),
            owners: canvas.owners)
    }

    /// Moves the view so that the content and its margins fill the image.
    /// - Returns: The image's size, in whole pixels.
    private func frame(_ view: inout View) -> SIMD2<Float> {
        var seen = Rectangle.nothing
        for corner in [
            content.low, content.high, SIMD2(content.low.x, content.high.y),
            SIMD2(content.high.x, content.low.y),
        ] {
            seen.include(view(corner))
        }
        let (low, high) = (seen.low - margins.low, seen.high + margins.high)
        view.middle = -low
        return (high - low).rounded(.toNearestOrAwayFromZero).clamped(
            lowerBound: SIMD2(repeating: Self.sides.lowerBound),
            upperBound: SIMD2(repeating: Self.sides.upperBound))
    }

    /// Draws digits and marks; what is cut off at the image's edge is no digit.
    private func write(on canvas: inout Canvas, seen view: View) -> [Scene.Line] {
        var lines: [(number: Int, digits: [Scene.Digit])] = []
        var count = 0
        for item in writing {
            guard let digit = item.digit, canvas.visibleShare(of: item, seen: view) >= Self.visibleShare,
                let box = canvas.draw(item, asDigit: count, seen: view)
            else {
                canvas.draw(item, seen: view)
                continue
            }
            count += 1
            if lines.last?.number != digit.line { lines.append((digit.line, [])) }
            lines[lines.count - 1].digits.append(Scene.Digit(value: digit.value, box: box))
        }
        return lines.map { Scene.Line(digits: $0.digits) }
    }
}

extension Canvas {
    /// How much of an item's outline is in the image.
    fileprivate func visibleShare(of item: Item, seen view: View) -> Float {
        let size = SIMD2(Float(width), Float(height))
        let outline = item.glyph.outline
        let visible = outline.count { point in
            let place = view(item.map(point.place))
            return all(place .>= 0) && all(place .< size)
        }
        return Float(visible) / Float(max(outline.count, 1))
    }
}
