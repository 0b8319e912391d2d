/// How a stored image is turned, by the numbers of EXIF (tag 274) and TIFF: where its first row and first column belong.
public enum ImageOrientation: Int, Sendable, Hashable, CaseIterable {
    /// It stands upright.
    case up = 1
    /// Left and right are exchanged.
    case upMirrored
    /// It stands on its head.
    case down
    /// Top and bottom are exchanged.
    case downMirrored
    /// Rows and columns are exchanged.
    case leftMirrored
    /// The first row is the right edge: it must be turned clockwise by 90°.
    case right
    /// The first row is the right edge, the first column the bottom.
    case rightMirrored
    /// The first row is the left edge: it must be turned counter-clockwise by 90°.
    case left

    /// Whether rows become columns.
    package var exchangesSides: Bool { rawValue >= Self.leftMirrored.rawValue }

    /// The upright image. Where rows and columns are exchanged, so are height and width.
    /// - Complexity: Linear in the pixels.
    public func applied(to image: Image) -> Image {
        if self == .up { return image }
        let (height, width, channels) = (image.height, image.width, image.channels)
        let shape =
            exchangesSides ? ImageShape(height: width, width: height, channels: channels) : image.shape
        // The pixel of the source that row r and column c come from is start + r * down + c * right.
        let (last, end) = (width - 1, (height - 1) * width)
        let (start, down, right) =
            switch self {
            case .up: (0, width, 1)
            case .upMirrored: (last, width, -1)
            case .down: (end + last, -width, -1)
            case .downMirrored: (end, -width, 1)
            case .leftMirrored: (0, 1, width)
            case .right: (end, 1, -width)
            case .rightMirrored: (end + last, -1, -width)
            case .left: (last, -1, width)
            }
        let pixels = [UInt8](unsafeUninitializedCapacity: shape.count) { result, count in
            image.pixels.withUnsafeBufferPointer { source in
                // In tiles: rows of the one are columns of the other, and both stay in the caches.
                let tile = 32
                for firstRow in stride(from: 0, to: shape.height, by: tile) {
                    for firstColumn in stride(from: 0, to: shape.width, by: tile) {
                        for row in firstRow..<min(firstRow + tile, shape.height) {
                            var place = (start + row * down + firstColumn * right) * channels
                            var target = (row * shape.width + firstColumn) * channels
                            for _ in firstColumn..<min(firstColumn + tile, shape.width) {
                                for channel in 0..<channels {
                                    result[target + channel] = source[place + channel]
                                }
                                place += right * channels
                                target += channels
                            }
                        }
                    }
                }
            }
            count = shape.count
        }
        return Image(shape: shape, pixels: pixels)
    }
}

extension ImageOrientation {
    /// Reads the orientation from EXIF data, which begin as a TIFF file does (EXIF 2.32, 4.5 and 4.6.4); `up` where there is none or
    /// the data are damaged.
    ///
    /// Only the first directory is looked at and no offset followed from there, so that no data can make it loop.
    init(exif data: ByteView) {
        self = Self.number(inExif: data).flatMap(Self.init(rawValue:)) ?? .up
    }

    private static func number(inExif data: ByteView) -> Int? {
        // JPEG's mark; some programs write it into WebP files as well.
        let start = data.has("Exif\0\0", at: 0) ? 6 : 0
        guard let tiff = data.part(from: start) else { return nil }
        let order: ByteView.Order
        if tiff.has("II*\0", at: 0) {
            order = .little
        } else if tiff.has("MM\0*", at: 0) {
            order = .big
        } else {
            return nil
        }
        guard let directory = tiff.number(at: 4, bytes: 4, order),
            let count = tiff.number(at: directory, bytes: 2, order)
        else { return nil }
        for entry in 0..<count {
            let place = directory + 2 + 12 * entry
            guard let tag = tiff.number(at: place, bytes: 2, order) else { return nil }
            // A number of 16 bits (type 3) stands at the beginning of the value's four bytes.
            if tag == 274, tiff.number(at: place + 2, bytes: 2, order) == 3 {
                return tiff.number(at: place + 8, bytes: 2, order)
            }
        }
        return nil
    }
}
