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
        if inkIsLightAndOnlyInAlpha {
            layOpacityOnWhite()
        } else {
            layColorsOnWhite()
        }
        if isGrey, layout == .rgb {
            replacePixels(by: .grey) { source, result in result[0] = source[0] }
        } else if asGrey, layout == .rgb {
            replacePixels(by: .grey) { source, result in
                result[0] = luminance(source[0], source[1], source[2])
            }
        }
        return Image(height: height, width: width, channels: layout.channels, pixels: bytes)
    }

    private mutating func layColorsOnWhite() {
        switch layout {
        case .grey, .rgb: break
        case .greyAlpha:
            replacePixels(by: .grey) { source, result in result[0] = onWhite(source[0], source[1]) }
        case .rgba:
            replacePixels(by: .rgb) { source, result in
                let alpha = source[3]
                for channel in 0..<3 { result[channel] = onWhite(source[channel], alpha) }
            }
        case .premultipliedRGBA:
            replacePixels(by: .rgb) { source, result in
                let ground = 255 - Int(source[3])
                for channel in 0..<3 { result[channel] = UInt8(min(255, Int(source[channel]) + ground)) }
            }
        case .cmyk:
            replacePixels(by: .rgb) { source, result in
                let light = 255 - Int(source[3])
                for channel in 0..<3 { result[channel] = share(light, of: 255 - Int(source[channel])) }
            }
        }
    }

    private mutating func layOpacityOnWhite() {
        let alpha = layout.channels - 1
        replacePixels(by: .grey) { source, result in result[0] = 255 - source[alpha] }
    }

    /// Whether all that is mostly opaque has one light colour, and something is opaque and something transparent: on white it would
    /// not be seen.
    private var inkIsLightAndOnlyInAlpha: Bool {
        let colors: Int
        switch layout {
        case .greyAlpha: colors = 1
        case .rgba, .premultipliedRGBA: colors = 3
        case .grey, .rgb, .cmyk: return false
        }
        var least = SIMD4<UInt8>(repeating: 255)
        var most = SIMD4<UInt8>(repeating: 0)
        var (leastAlpha, mostAlpha) = (UInt8.max, UInt8.min)
        bytes.withUnsafeBufferPointer { bytes in
            for place in stride(from: 0, to: bytes.count, by: colors + 1) {
                let alpha = bytes[place + colors]
                leastAlpha = min(leastAlpha, alpha)
                mostAlpha = max(mostAlpha, alpha)
                if alpha < 128 { continue }
                for channel in 0..<colors {
                    var color = bytes[place + channel]
                    if layout == .premultipliedRGBA {
                        color = UInt8(min(255, Int(color) * 255 / Int(alpha)))
                    }
                    least[channel] = min(least[channel], color)
                    most[channel] = max(most[channel], color)
                }
            }
        }
        guard leastAlpha < 64, mostAlpha >= 192 else { return false }
        return (0..<colors).allSatisfy { least[$0] >= 192 && most[$0] - least[$0] <= 16 }
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
