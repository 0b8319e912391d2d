import DigitRecognition
import Figures

/// A digit as a network saw it, with what it really is.
struct CorrectionSample: Sendable {
    /// 0 to 9.
    let label: Int
    /// A PNG file of ours with the image's pixels, and nothing else of what was sent.
    let png: [UInt8]

    /// Bytes that a sample may have when it comes.
    static let largestByteCount = 64 * 1024
    /// Rows and columns.
    private static let side = 28

    /// - Parameters:
    ///   - label: A digit.
    ///   - bytes: A PNG file of 28×28 pixels, light on dark.
    /// - Throws: `ServiceError` 400 with what was expected.
    init(label: String?, bytes: [UInt8]) throws(ServiceError) {
        guard let label, label.utf8.count == 1, let value = Int(label) else {
            throw .badRequest(
                "The right digit is missing. Say what the picture shows, 0 to 9, as in /v1/corrections?label=7."
            )
        }
        self.label = value
        let decoded: DecodedImage
        do {
            decoded = try ImageDecoder(largestPixelCount: Self.side * Self.side).decode(bytes, asGrey: true)
        } catch {
            throw .badRequest("The picture cannot be kept. \(Self.expectation)")
        }
        guard decoded.format == .png, decoded.image.width == Self.side, decoded.image.height == Self.side
        else {
            throw .badRequest(
                "The picture is a \(decoded.format) of \(decoded.image.width)×\(decoded.image.height) pixels. \(Self.expectation)"
            )
        }
        png = decoded.image.png
    }

    private static let expectation =
        "Send the digit as the network saw it, a PNG of 28×28 pixels: POST /v1/read?steps=true tells it."
}
