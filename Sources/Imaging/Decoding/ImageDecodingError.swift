/// Why the bytes of a file do not become an image.
public enum ImageDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There are no bytes.
    case empty
    /// The bytes are no image file that is known. What they look like is told where it can be.
    case unknownFormat(resemblance: String?)
    /// The file contradicts itself, or ends too early.
    case damaged(ImageFormat, reason: String)
    /// The file uses a part of its format that is not read.
    case unsupported(ImageFormat, feature: String)
    /// The image has more pixels than the decoder was allowed.
    case tooLarge(width: Int, height: Int, largestPixelCount: Int)
    /// There is not enough memory to read the file.
    case outOfMemory(ImageFormat)
    /// The library that reads the format cannot be loaded.
    case libraryMissing(ImageFormat, reason: String)
    /// Pages count from 0.
    case noSuchPage(page: Int, pageCount: Int)

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .empty:
            "The file is empty; give a picture as \(ImageFormat.list)."
        case .unknownFormat(let resemblance?):
            "The file looks like \(resemblance) and not like a picture that can be read; save the picture as \(ImageFormat.list)."
        case .unknownFormat(nil):
            "The file is no picture of a known format; save the picture as \(ImageFormat.list)."
        case .damaged(let format, let reason):
            "The \(format) file is damaged or was cut off (\(reason)); copy or save the picture once more."
        case .unsupported(let format, let feature):
            "The \(format) file has \(feature), which cannot be read; save the picture in the usual way or as PNG."
        case .tooLarge(let width, let height, let largest):
            "The picture has \(width)×\(height) pixels, but at most \(largest) pixels are allowed; make it smaller or raise the limit."
        case .outOfMemory(let format):
            "There is not enough memory to read the \(format) file; make the picture smaller or end other programs."
        case .libraryMissing(let format, let reason):
            "\(format) files cannot be read: \(reason)"
        case .noSuchPage(let page, let count):
            "The file has no page \(page); its \(count == 1 ? "only page is 0" : "\(count) pages are 0 to \(count - 1)")."
        }
    }
}

/// What a library says, as a part of a sentence: without ends of lines, other bytes that are no text, and a full stop.
func text(_ message: UnsafePointer<CChar>) -> String {
    let words = String(cString: message).unicodeScalars.split {
        $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F || $0 == "\u{FFFD}"
    }
    let text = words.map { String($0) }.joined(separator: " ")
    return text.hasSuffix(".") ? String(text.dropLast()) : text
}
