package import Imaging

/// What a network of MNIST's kind sees of a digit: its grey levels fitted into 20 × 20 pixels, their centre of mass in the middle
/// of 28 × 28.
///
/// Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", http://yann.lecun.com/exdb/mnist/.
package enum DigitImage {
    /// Rows and columns of the image.
    package static let side = 28
    /// The shape of the image.
    package static let shape = ImageShape(height: side, width: side, channels: 1)
    /// What it shows.
    package static let classNames = (0...9).map(String.init)
    /// Rows or columns that the digit fills, whichever are more.
    package static let boxSide = 20
    /// The longest side of a picture that is seen as it is, in pixels.
    private static let longestSideAsItIs = 2 * side
    /// The longest side of ink that is widened as it is, in pixels: it takes memory as the square of it.
    private static let longestSide = 4000
    /// The thinnest stroke, in the image's pixels: a thinner one is widened.
    private static let leastStrokeWidth = 2.2

    /// Fits ink into the image.
    /// - Parameter ink: A digit's ink, `0…1`, and nothing else. Where there is none, all of the plane is fitted.
    /// - Returns: `[28][28]`, 255 being full ink.
    package static func fitted(_ ink: Plane) -> Image {
        guard ink.shorterSide > 0 else { return centred(Plane(height: 1, width: 1)) }
        let wide = widened(reduced(ink))
        let cut = wide.cropped(to: bounds(of: wide))
        let longest = max(cut.height, cut.width)
        func fitted(_ length: Int) -> Int {
            max(1, Int((Double(length * boxSide) / Double(longest)).rounded()))
        }
        let small = cut.resized(toHeight: fitted(cut.height), width: fitted(cut.width))
        // Made smaller, thin strokes are paler.
        let full = max(0.3, small.quantileOfInk(0.8))
        return centred(small.map { min(1, $0 / full) })
    }

    /// A small picture as it is, in `[28][28]`, its ink light on dark ground: where dirt and bad light hide what is ink, a network that has
    /// seen such pictures sees more than what is left by a preparation.
    /// - Returns: nil for a picture that is larger, or not nearly square: the digit fills it no longer as MNIST's do.
    package static func asItIs(_ picture: Image, inkColor: InkColor) -> Image? {
        let (height, width) = (picture.height, picture.width)
        guard (1...longestSideAsItIs).contains(height), (1...longestSideAsItIs).contains(width),
            max(height, width) * 4 <= min(height, width) * 5
        else { return nil }
        let channels = Plane.channels(of: picture).map { $0.resized(toHeight: side, width: side) }
        let light = channels.dropFirst().reduce(channels[0]) { $0.zip($1) { $0 + $1 } }
            .map { $0 / Float(channels.count) }
        return (inkColor == .light ? light : light.map { 1 - $0 }).inkImage
    }

    /// The ink no longer than can be widened; a digit is not, but what stands side by side along a narrow picture.
    private static func reduced(_ ink: Plane) -> Plane {
        let scale = Double(longestSide) / Double(max(ink.height, ink.width))
        guard scale < 1 else { return ink }
        func reduced(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        return ink.resized(toHeight: reduced(ink.height), width: reduced(ink.width))
    }

    /// The ink with strokes that do not vanish when it is made smaller.
    private static func widened(_ ink: Plane) -> Plane {
        let box = bounds(of: ink)
        let scale = Double(boxSide) / Double(max(box.height, box.width))
        let width = Double(StrokeStatistics(ink)?.width ?? 1) * scale
        let radius = Int(((leastStrokeWidth - width) / scale / 2).rounded())
        guard radius > 0 else { return ink }
        let area = PixelBox(
            top: -radius, left: -radius, bottom: ink.height + radius, right: ink.width + radius)
        return ink.cropped(to: area).maximum(radius: radius)
    }

    /// The rectangle around the ink; all of the plane where there is none.
    package static func bounds(of ink: Plane) -> PixelBox {
        var (top, left, bottom, right) = (ink.height, ink.width, 0, 0)
        for row in 0..<ink.height {
            for column in 0..<ink.width where ink[row, column] >= Ink.threshold {
                (top, bottom) = (min(top, row), max(bottom, row + 1))
                (left, right) = (min(left, column), max(right, column + 1))
            }
        }
        return bottom > 0
            ? PixelBox(top: top, left: left, bottom: bottom, right: right)
            : PixelBox(top: 0, left: 0, bottom: ink.height, right: ink.width)
    }

    /// Puts the centre of mass into the middle, as far as the ink fits.
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
