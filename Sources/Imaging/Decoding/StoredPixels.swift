/// Pixels as a file has them, a byte for each channel: `[height][width][channels]`. Transparency and ink's four colours are taken
/// out in place: what is left never needs more bytes.
struct StoredPixels {
    /// What a pixel's bytes are.
    enum Layout {
        case grey, greyAlpha, rgb, rgba
        /// Red, green and blue are multiplied with alpha already.
        case premultipliedRGBA
        /// Amounts of ink.
        case cmyk

        var channels: Int {
            switch self {
            case .grey: 1
            case .greyAlpha: 2
            case .rgb: 3
            case .rgba, .premultipliedRGBA, .cmyk: 4
            }
        }
    }

    let width: Int
    let height: Int
    /// Whether the three colours of each pixel are known to be the same.
    var isGrey = false
    private var layout: Layout
    private var bytes: [UInt8]

    /// Makes pixels that a function fills; they are 0 before.
    init(
        width: Int, height: Int, _ layout: Layout,
        fill: (UnsafeMutableBufferPointer<UInt8>) throws(ImageDecodingError) -> Void
    ) throws(ImageDecodingError) {
        self.width = width
        self.height = height
        self.layout = layout
        bytes = [UInt8](repeating: 0, count: width * height * layout.channels)
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(ImageDecodingError) in try fill(buffer) }
    }

    /// The image, of one channel or three; what is transparent lies on white.
    ///
    /// Where white ink is on transparent ground, the image is the ink's opacity, as black on white.
    consuming func image(asGrey: Bool) -> Image {
        switch layout {
        case .grey, .rgb: break
        case .cmyk:
            replacePixels(by: .rgb) { ink, result in
                let light = 255 - Int(ink[3])
                for channel in 0..<3 { result[channel] = share(light, of: 255 - Int(ink[channel])) }
            }
        case .greyAlpha, .rgba, .premultipliedRGBA:
            switch transparency {
            case .none: dropAlpha()
            case .some: layOnWhite()
            case .allThereIs:
                let alpha = layout.channels - 1
                replacePixels(by: .grey) { pixel, result in result[0] = 255 - pixel[alpha] }
            }
        }
        if layout == .rgb {
            if isGrey {
                replacePixels(by: .grey) { pixel, result in result[0] = pixel[0] }
            } else if asGrey {
                replacePixels(by: .grey) { pixel, result in
                    result[0] = luminance(pixel[0], pixel[1], pixel[2])
                }
            }
        }
        // An array keeps the room of what was taken out of it.
        if bytes.capacity >= 2 * bytes.count { bytes = bytes.withUnsafeBufferPointer { Array($0) } }
        return Image(height: height, width: width, channels: layout.channels, pixels: bytes)
    }

    private mutating func dropAlpha() {
        if layout == .greyAlpha {
            replacePixels(by: .grey) { pixel, result in result[0] = pixel[0] }
        } else {
            replacePixels(by: .rgb) { pixel, result in
                for channel in 0..<3 { result[channel] = pixel[channel] }
            }
        }
    }

    private mutating func layOnWhite() {
        switch layout {
        case .greyAlpha:
            replacePixels(by: .grey) { pixel, result in result[0] = onWhite(pixel[0], pixel[1]) }
        case .rgba:
            replacePixels(by: .rgb) { pixel, result in
                let alpha = pixel[3]
                for channel in 0..<3 { result[channel] = onWhite(pixel[channel], alpha) }
            }
        default:
            replacePixels(by: .rgb) { pixel, result in
                let ground = 255 - Int(pixel[3])
                for channel in 0..<3 { result[channel] = UInt8(min(255, Int(pixel[channel]) + ground)) }
            }
        }
    }

    private enum Transparency {
        case none
        case some
        /// All that is mostly opaque has one light colour, and something is opaque and something transparent: on white it would
        /// not be seen.
        case allThereIs
    }

    /// What alpha, the last channel, means for the image.
    private var transparency: Transparency {
        let colors = layout.channels - 1
        var (leastAlpha, mostAlpha) = (UInt8.max, UInt8.min)
        bytes.withUnsafeBufferPointer { bytes in
            for place in stride(from: colors, to: bytes.count, by: colors + 1) {
                leastAlpha = min(leastAlpha, bytes[place])
                mostAlpha = max(mostAlpha, bytes[place])
            }
        }
        if leastAlpha == 255 { return .none }
        guard leastAlpha < 64, mostAlpha >= 192 else { return .some }
        let areLight = (0..<colors).allSatisfy { channel in
            let (least, most) = rangeOfMostlyOpaque(channel: channel)
            return least >= 192 && most - least <= 16
        }
        return areLight ? .allThereIs : .some
    }

    private func rangeOfMostlyOpaque(channel: Int) -> (least: UInt8, most: UInt8) {
        let (alpha, step) = (layout.channels - 1, layout.channels)
        let isMultiplied = layout == .premultipliedRGBA
        var (least, most) = (UInt8.max, UInt8.min)
        bytes.withUnsafeBufferPointer { bytes in
            for place in stride(from: 0, to: bytes.count, by: step) where bytes[place + alpha] >= 128 {
                var color = bytes[place + channel]
                if isMultiplied {
                    color = UInt8(min(255, Int(color) * 255 / Int(bytes[place + alpha])))
                }
                least = min(least, color)
                most = max(most, color)
            }
        }
        return (least, most)
    }

    /// Computes each pixel anew in its place, with no more channels than before. `convert` reads a channel before it writes it.
    @inline(__always)
    private mutating func replacePixels(
        by newLayout: Layout, _ convert: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
    ) {
        let (old, new) = (layout.channels, newLayout.channels)
        bytes.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            for pixel in 0..<width * height {
                convert(UnsafePointer(start + pixel * old), start + pixel * new)
            }
        }
        bytes.removeLast(width * height * (old - new))
        layout = newLayout
    }
}

/// `part · whole / 255`, rounded.
@inline(__always)
private func share(_ part: Int, of whole: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (part &* whole &+ 127) / 255)
}

/// A colour on white, seen through its transparency.
@inline(__always)
private func onWhite(_ color: UInt8, _ alpha: UInt8) -> UInt8 {
    UInt8(
        truncatingIfNeeded: (Int(color) &* Int(alpha) &+ 255 &* (255 &- Int(alpha)) &+ 127) / 255)
}

/// Luminance by ITU-R BT.601, in which JPEG stores it, too; rounded.
@inline(__always)
private func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    // The weights' sum is 65,536.
    UInt8(
        truncatingIfNeeded: (Int(red) &* 19595 &+ Int(green) &* 38470 &+ Int(blue) &* 7471 &+ 32768) >> 16)
}
