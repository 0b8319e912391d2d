/// The kinds of image files that are read.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Portable Network Graphics.
    case png = "PNG"
    /// JPEG as cameras write it, baseline or progressive.
    case jpeg = "JPEG"
    /// WebP, with losses or without.
    case webP = "WebP"
    /// Tagged Image File Format, of one page or several.
    case tiff = "TIFF"
    /// Windows bitmaps.
    case bmp = "BMP"
    /// Graphics Interchange Format, of which the first frame is read.
    case gif = "GIF"
    /// Portable anymaps: PBM, PGM, PPM and PAM.
    case pnm = "PNM"
    /// Pictures of telephones: HEVC in a HEIF file.
    case heic = "HEIC"

    /// Its usual name.
    public var description: String { rawValue }

    /// All of them, as a sentence lists them.
    static let list = "PNG, JPEG, WebP, TIFF, BMP, GIF, PNM or HEIC"

    /// What the names of such files end in, in small letters, the usual ending first.
    package var fileExtensions: [String] {
        switch self {
        case .png: ["png"]
        case .jpeg: ["jpg", "jpeg", "jpe"]
        case .webP: ["webp"]
        case .tiff: ["tif", "tiff"]
        case .bmp: ["bmp", "dib"]
        case .gif: ["gif"]
        case .pnm: ["pgm", "ppm", "pbm", "pnm", "pam"]
        case .heic: ["heic", "heif"]
        }
    }
}

extension ImageFormat {
    /// How many bytes of a file tell its format.
    package static let signatureSize = 256

    /// The format of a file by its first bytes; nil where it is none of these.
    package init?(fileStart bytes: [UInt8]) {
        guard let format = bytes.withUnsafeBufferPointer({ ImageFormat(ByteView(bytes: $0)) }) else {
            return nil
        }
        self = format
    }
}

extension ImageFormat {
    /// The format of a file by what it begins with, never by its name; nil for any other file.
    init?(_ file: ByteView) {
        if file.begins(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if file.begins(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if file.has("RIFF", at: 0), file.has("WEBP", at: 8) {
            self = .webP
        } else if Self.tiffSignatures.contains(where: { file.begins(with: $0) }) {
            self = .tiff
        } else if file.has("BM", at: 0), let header = file.number(at: 14, bytes: 4, .little),
            BMPFile.headerSizes.contains(header)
        {
            self = .bmp
        } else if file.has("GIF87a", at: 0) || file.has("GIF89a", at: 0) {
            self = .gif
        } else if file.has("P", at: 0), let kind = file[1], (0x31...0x37).contains(kind),
            let next = file[2], next == 0x23 || PNMFile.isSpace(next)
        {
            self = .pnm
        } else if Self.brands(of: file).contains(where: Self.heicBrands.contains) {
            self = .heic
        } else {
            return nil
        }
    }

    /// Both byte orders, of the usual kind and of that with 64-bit offsets.
    private static let tiffSignatures: [[UInt8]] = [
        [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0x49, 0x49, 0x2B, 0], [0x4D, 0x4D, 0, 0x2B],
    ]

    private static let heicBrands: Set<String> = ["heic", "heix", "heim", "heis", "hevc", "hevx"]

    /// The brands of a file of the ISO base media format (ISO 14496-12, 4.3), the major one first.
    private static func brands(of file: ByteView) -> [String] {
        guard file.has("ftyp", at: 4), let size = file.number(at: 0, bytes: 4, .big), size >= 16,
            let box = file.part(from: 0, count: min(size, 256))
        else { return [] }
        let places = [8] + Array(stride(from: 16, to: box.count - 3, by: 4))
        return places.map { place in
            String(decoding: (0..<4).map { box[place + $0] ?? 0 }, as: UTF8.self)
        }
    }

    /// What a file that is none of these looks like, as a sentence names it: `a PDF document`; nil where nothing can be told.
    static func resemblance(of file: ByteView) -> String? {
        let signatures: [(bytes: [UInt8], name: String)] = [
            (Array("%PDF-".utf8), "a PDF document"), (Array("%!PS".utf8), "a PostScript document"),
            (Array("8BPS".utf8), "a Photoshop document"), (Array("AT&TFORM".utf8), "a DjVu document"),
            (Array("PK\u{3}\u{4}".utf8), "a ZIP archive or an office document"),
            ([0x1F, 0x8B], "a file compressed by gzip"),
            ([0, 0, 1, 0], "an icon (ICO)"), ([0x76, 0x2F, 0x31, 0x01], "an OpenEXR image"),
            ([0xFF, 0x0A], "a JPEG XL image"),
            ([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL image"),
            ([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 image"),
            ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 image"),
            ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ]
        if let match = signatures.first(where: { file.begins(with: $0.bytes) }) { return match.name }
        let brands = brands(of: file)
        if brands.contains("avif") || brands.contains("avis") { return "an AVIF image" }
        if !brands.isEmpty { return "a film or another HEIF file" }
        return textResemblance(of: file)
    }

    private static func textResemblance(of file: ByteView) -> String? {
        let start = (0..<min(file.count, 1024)).compactMap { file[$0] }
        // Control characters are no text, but for tabs and ends of lines.
        guard !start.isEmpty, start.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) })
        else { return nil }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let content = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if content.hasPrefix("<"), content.contains("<svg") { return "an SVG drawing" }
        if content.hasPrefix("<!doctype html") || content.hasPrefix("<html") { return "an HTML page" }
        if content.hasPrefix("<?xml") { return "an XML document" }
        // Bytes of another kind are seldom UTF-8; the last character may be cut.
        return text.dropLast().contains("\u{FFFD}") ? nil : "text"
    }
}
