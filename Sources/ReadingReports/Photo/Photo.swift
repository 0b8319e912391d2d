import Figures
import Imaging
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
            pixels = Pixels(image)
            size = Size(width: Double(image.width) * scale, height: Double(image.height) * scale)
            return
        }
        func scaled(_ length: Int, to wanted: Double) -> Int {
            max(1, Int((Double(length) * wanted / longest).rounded()))
        }
        let wanted = min(max(longest, extent.points.lowerBound), Double(extent.pixels))
        pixels = Pixels(
            image.resized(height: scaled(image.height, to: wanted), width: scaled(image.width, to: wanted)))
        let scale = min(1, extent.points.upperBound / wanted)
        size = Size(width: Double(pixels.width) * scale, height: Double(pixels.height) * scale)
    }

    /// The photo with a thin frame, its upper left corner being a drawing's.
    var elements: [Element] {
        let room = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
        return [.image(pixels, in: room), .rectangle(room, fill: nil, border: Stroke(.grid, width: 0.75))]
    }
}

extension Image {
    /// The image at another size.
    func resized(height newHeight: Int, width newWidth: Int) -> Image {
        if newHeight == height && newWidth == width { return self }
        var pixels = [UInt8](repeating: 0, count: newHeight * newWidth * channels)
        for channel in 0..<channels {
            let plane = Plane(self, channel: channel, height: newHeight, width: newWidth)
            for (place, value) in plane.inkImage.pixels.enumerated() {
                pixels[place * channels + channel] = value
            }
        }
        return Image(height: newHeight, width: newWidth, channels: channels, pixels: pixels)
    }
}
