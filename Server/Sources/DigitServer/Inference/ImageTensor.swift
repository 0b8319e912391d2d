import DigitRecognition

/// The pixels of some images, as a request brought them.
package struct ImageTensor: Sendable {
    package enum Pixels: Sendable {
        /// 0…255, `[N][height][width][channels]`.
        case bytes([UInt8])
        /// The same as floats, between whole numbers, too.
        case floats([Float])
    }

    let pixels: Pixels
    /// How many images there are.
    let count: Int

    package init(pixels: Pixels, count: Int) {
        self.pixels = pixels
        self.count = count
    }

    /// Writes some of the images as a model's inputs.
    /// - Parameters:
    ///   - destination: As many floats as the images have, from the offset on.
    ///   - offset: Where the first of them goes.
    func write(
        _ images: Range<Int>, for model: ServedModel, into destination: inout MutableSpan<Float>,
        at offset: Int
    ) {
        let size = model.pixelCount
        for (place, image) in images.enumerated() {
            let source = image * size..<(image + 1) * size
            let offset = offset + place * size
            switch pixels {
            case .bytes(let bytes):
                model.normalization.normalize(
                    bytes.span.extracting(source), shape: model.shape, into: &destination, at: offset)
            case .floats(let floats):
                model.normalization.normalize(
                    floats.span.extracting(source), shape: model.shape, into: &destination, at: offset)
            }
        }
    }
}
