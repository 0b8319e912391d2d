import Foundation
import Imaging
import TestSupport
import Testing

/// A small image file and the pixels that another program reads from it: see
/// Utilities/ReferenceImplementations/golden_pictures.py.
struct GoldenPicture: Decodable, CustomTestStringConvertible {
    let name: String
    private let file: Base64Bytes
    let height: Int
    let width: Int
    let channels: Int
    private let pixels: Base64Bytes
    /// By how much a byte may differ.
    let tolerance: Int
    let orientation: Int?
    let page: Int?
    let pageCount: Int?
    private let upright: Base64Bytes?
    private let uprightHeight: Int?

    /// Those that can be read here, and those of HEIC that should be: libheif and its decoder of HEVC need not be installed.
    static let all: [GoldenPicture] = {
        let pictures: [GoldenPicture] = Golden.values("pictures.json", in: .module)
        return pictures.filter { !$0.name.hasPrefix("heic") || hasHEIC || $0.isReadable }
    }()

    /// Asked of the system, so that a fault of the decoder leaves no test out.
    private static let hasHEIC = ["libheif.so.1", "libde265.so.0"].allSatisfy { (library: String) in
        dlopen(library, RTLD_LAZY) != nil
    }

    private var isReadable: Bool {
        do throws(ImageDecodingError) {
            _ = try ImageDecoder().decode(bytes)
        } catch {
            switch error {
            case .libraryMissing, .unsupported: return false
            default: return true
            }
        }
        return true
    }

    static func named(_ name: String) -> GoldenPicture {
        all.first { $0.name == name }!
    }

    var bytes: [UInt8] { file.bytes }

    var image: Image { Image(height: height, width: width, channels: channels, pixels: pixels.bytes) }

    /// Nil where the file names no orientation.
    var uprightImage: Image? {
        guard let upright = upright?.bytes, let uprightHeight else { return nil }
        return Image(
            height: uprightHeight, width: upright.count / uprightHeight / channels, channels: channels,
            pixels: upright)
    }

    var testDescription: String { name }
}

/// Bytes that JSON has in base 64. Not `Data`, whose pointers LeakSanitizer does not recognise in constants.
private struct Base64Bytes: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        bytes = Array(try decoder.singleValueContainer().decode(Data.self))
    }
}

extension Image {
    /// Whether the shapes are the same and no byte differs by more.
    func isClose(to other: Image, within tolerance: Int) -> Bool {
        shape == other.shape
            && zip(pixels, other.pixels).allSatisfy { abs(Int($0) - Int($1)) <= tolerance }
    }
}
