public import DigitRecognition
import Figures
public import Imaging
import PictureReading

/// An image at the size at which it is drawn: a large one is reduced, the pixels of a small one are enlarged.
struct Photo {
    /// What is drawn.
    let pixels: Pixels
    /// How large it is drawn, in points.
    let size: Size

    /// How large images are drawn.
    struct Extent {
        /// The longer side, in points. Smaller images are enlarged a whole number of times, and may so become larger than the least.
        let points: ClosedRange<Double>
        /// The most pixels of the longer side.
        let pixels: Int

        /// For a file of its own.
        static let file = Extent(points: 600...2000, pixels: 2000)
        /// For a page.
        static let page = Extent(points: 360...720, pixels: 1000)
    }

    /// - Precondition: The image has a pixel.
    init(_ image: Image, _ extent: Extent) {
        let longest = max(image.width, image.height)
        let share = min(1, Double(extent.pixels) / Double(longest))
        let width = max(1, Int((Double(image.width) * share).rounded()))
        let height = max(1, Int((Double(image.height) * share).rounded()))
        pixels = Pixels(image, width: width, height: height)
        let drawn = Double(max(width, height))
        let scale =
            drawn < extent.points.lowerBound
            ? (extent.points.lowerBound / drawn).rounded(.up) : min(1, extent.points.upperBound / drawn)
        size = Size(width: Double(width) * scale, height: Double(height) * scale)
    }

    /// The photo as an element whose upper left corner is a drawing's.
    var element: Element {
        .image(pixels, in: Rectangle(x: 0, y: 0, width: size.width, height: size.height))
    }
}

extension Pixels {
    /// An image at another size, in colour or in grey.
    init(_ image: Image, width: Int, height: Int) {
        let channels = (0..<image.channels).map { channel in
            Plane(image, channel: channel, height: height, width: width).values.map {
                UInt8((min(1, max(0, $0)) * 255).rounded())
            }
        }
        let (red, green, blue) =
            channels.count == 3
            ? (channels[0], channels[1], channels[2]) : (channels[0], channels[0], channels[0])
        self.init(
            width: width, height: height,
            colors: red.indices.map { RGBColor(red: red[$0], green: green[$0], blue: blue[$0]) })
    }
}

extension Image {
    /// Ink as dark strokes on white paper, for whoever looks at it.
    var inkOnPaper: Image { Image(shape: shape, pixels: pixels.map { 255 - $0 }) }
}

extension Reading {
    /// The image that was read; nil unless the reading has steps. A file's image may have been reduced or turned before.
    public var picture: Image? { steps.first { $0.kind == .picture }?.images.first }
}
