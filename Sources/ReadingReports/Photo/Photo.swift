public import DigitRecognition
import Figures
public import Imaging
import PictureReading

/// An image at the size at which it is drawn: a large one is reduced, a small one enlarged.
struct Photo {
    /// What is drawn.
    let pixels: Pixels
    /// How large it is drawn, in points.
    let size: Size

    /// How large images are drawn.
    struct Extent {
        /// The longer side, in points.
        let points: ClosedRange<Double>
        /// The most pixels of the longer side.
        let pixels: Int

        /// For a file of its own.
        static let file = Extent(points: 720...2000, pixels: 2000)
        /// For a page.
        static let page = Extent(points: 560...720, pixels: 1000)
    }

    /// Images that are smaller on both sides are made of pixels that somebody wants to see.
    private static let largestWithPixels = 64

    /// - Precondition: The image has a pixel.
    init(_ image: Image, _ extent: Extent) {
        let longest = Double(max(image.width, image.height))
        if max(image.width, image.height) <= Self.largestWithPixels {
            let scale = (extent.points.lowerBound / longest).rounded(.down)
            pixels = Pixels(image, width: image.width, height: image.height)
            size = Size(width: Double(image.width) * scale, height: Double(image.height) * scale)
            return
        }
        func scaled(_ length: Int, to wanted: Double) -> Int {
            max(1, Int((Double(length) * wanted / longest).rounded()))
        }
        let wanted = min(max(longest, extent.points.lowerBound), Double(extent.pixels))
        pixels = Pixels(
            image, width: scaled(image.width, to: wanted), height: scaled(image.height, to: wanted))
        let scale = min(1, extent.points.upperBound / wanted)
        size = Size(width: Double(pixels.width) * scale, height: Double(pixels.height) * scale)
    }

    /// The photo with a thin frame, its upper left corner being a drawing's.
    var elements: [Element] {
        let room = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
        return [.image(pixels, in: room), .rectangle(room, fill: nil, border: Stroke(.grid, width: 0.75))]
    }
}

extension Pixels {
    /// An image at another size, in colour or in grey.
    init(_ image: Image, width: Int, height: Int) {
        let channels = (0..<image.channels).map { channel in
            Plane(image, channel: channel, height: height, width: width).inkImage.pixels
        }
        let (red, green, blue) =
            channels.count == 3
            ? (channels[0], channels[1], channels[2]) : (channels[0], channels[0], channels[0])
        self.init(
            width: width, height: height,
            colors: red.indices.map { RGBColor(red: red[$0], green: green[$0], blue: blue[$0]) })
    }
}

extension Reading {
    /// The image that was read; nil unless the reading has steps. A file's image may have been reduced or turned before.
    public var picture: Image? { steps.first { $0.kind == .picture }?.images.first }
}
