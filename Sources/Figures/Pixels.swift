package import Imaging

/// A picture in colour, for a drawing.
public struct Pixels: Hashable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// The colours, row by row from the top.
    public let colors: [RGBColor]

    /// Creates a picture.
    /// - Precondition: there is at least one pixel, and `colors` has `width * height` of them.
    public init(width: Int, height: Int, colors: [RGBColor]) {
        precondition(
            width > 0 && height > 0 && colors.count == width * height,
            "\(colors.count) pixels do not fill a picture of \(width)×\(height).")
        self.width = width
        self.height = height
        self.colors = colors
    }
}

extension Pixels {
    /// The pixels of an image: in colour if it has three channels, else the first channel's in grey.
    /// - Precondition: there is at least one pixel.
    package init(_ image: Image) {
        let (pixels, channels) = (image.pixels, image.channels)
        let (green, blue) = channels == 3 ? (1, 2) : (0, 0)
        self.init(
            width: image.width, height: image.height,
            colors: stride(from: 0, to: pixels.count, by: channels).map {
                RGBColor(red: pixels[$0], green: pixels[$0 + green], blue: pixels[$0 + blue])
            })
    }

    /// Whether they are so small in a rectangle that nobody wants to see them one by one.
    func arePhoto(in box: Rectangle) -> Bool { box.width <= Double(width) }
}

extension Image {
    /// The image of three channels that has these pixels.
    package init(_ pixels: Pixels) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * pixels.colors.count)
        for color in pixels.colors {
            bytes.append(color.red)
            bytes.append(color.green)
            bytes.append(color.blue)
        }
        self.init(height: pixels.height, width: pixels.width, channels: 3, pixels: bytes)
    }
}

/// A grey picture of `width × height` numbers: a digit, a filter, a map of activations or of a saliency.
public struct ValueMap: Hashable, Sendable {
    /// Values in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// The values, row by row from the top. They may be of any size; those that are not finite are drawn as 0 would be.
    public let values: [Float]

    /// Creates a map.
    /// - Precondition: there is at least one value, and `values` has `width * height` of them.
    public init(width: Int, height: Int, values: [Float]) {
        precondition(
            width > 0 && height > 0 && values.count == width * height,
            "\(values.count) values do not fill a map of \(width)×\(height).")
        self.width = width
        self.height = height
        self.values = values
    }

    /// Creates the map of a digit's bytes, each divided by 255: 0 is paper, 1 is ink.
    /// - Precondition: there is at least one byte, and `bytes` has `width * height` of them.
    public init(width: Int, height: Int, bytes: [UInt8]) {
        self.init(width: width, height: height, values: bytes.map { Float($0) / 255 })
    }

    /// The smallest and the largest of the finite values; `nil` where there is none.
    package var range: ClosedRange<Float>? {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return nil }
        return low...high
    }

    /// The largest magnitude of the finite values; 0 where there is none.
    package var largestMagnitude: Float {
        range.map { max(abs($0.lowerBound), abs($0.upperBound)) } ?? 0
    }

    /// The picture in which each value has the colour that `colorMap` gives it on a scale from `range`'s lower bound to
    /// its upper one.
    package func pixels(_ colorMap: ColorMap, over range: ClosedRange<Float>) -> Pixels {
        Pixels(
            width: width, height: height,
            colors: values.map { colorMap.color(at: share(of: $0, in: range)) })
    }

    /// The map with another number of values, between those of this one in straight lines.
    package func resized(width newWidth: Int, height newHeight: Int) -> ValueMap {
        ValueMap(
            width: newWidth, height: newHeight,
            values: BilinearResize.resized(
                values, height: height, width: width, toHeight: newHeight, width: newWidth))
    }
}

/// How far `value` lies between the bounds of `range`, 0…1; a value that is not finite counts as 0, and of a range without
/// extent the lower bound is 0.
package func share(of value: Float, in range: ClosedRange<Float>) -> Double {
    let extent = Double(range.upperBound) - Double(range.lowerBound)
    guard extent > 0 else { return value > range.upperBound ? 1 : 0 }
    let finite = value.isFinite ? Double(value) : 0
    return min(max((finite - Double(range.lowerBound)) / extent, 0), 1)
}
