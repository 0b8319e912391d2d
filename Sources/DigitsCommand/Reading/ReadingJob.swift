import DigitRecognition
import Files
import PlainText

/// One picture to be read: a file, of several pages the first, or another page.
struct ReadingJob: Sendable {
    let source: PictureSource
    /// From 0.
    var page = 0

    /// The picture, and the bytes that hold its other pages if it is the first of several.
    struct Result: Sendable {
        let picture: ReadPicture
        let bytes: [UInt8]?
    }

    /// Reads the picture. Nothing that can be wrong with it is an error.
    /// - Parameter keepsImage: Whether the result has the picture itself.
    func run(_ reader: DigitReader, keepsImage: Bool) -> Result {
        do throws(PictureFailure) {
            let bytes = try bytes(of: reader)
            let image = try decode(bytes, reader)
            let picture = picture(
                .success(reader.read(image)), pageCount: image.pageCount, image: keepsImage ? image : nil)
            return Result(picture: picture, bytes: page == 0 && image.pageCount > 1 ? bytes : nil)
        } catch {
            // Other pages than the first are only asked of files that have them.
            return Result(picture: picture(.failure(error), pageCount: page + 1, image: nil), bytes: nil)
        }
    }

    private func picture(
        _ outcome: Swift.Result<Reading, PictureFailure>, pageCount: Int, image: DecodedImage?
    ) -> ReadPicture {
        ReadPicture(name: source.name, page: page + 1, pageCount: pageCount, image: image, outcome: outcome)
    }

    private func bytes(of reader: DigitReader) throws(PictureFailure) -> [UInt8] {
        switch source.contents {
        case .bytes(let bytes): return bytes
        case .none(let failure): throw failure
        case .file:
            let limit = ByteLimit(pixelCount: reader.decoder.largestPixelCount)
            do throws(FileError) {
                return try DurableFile.read(source.name, maximumByteCount: limit.count)
            } catch {
                throw PictureFailure(error)
            }
        }
    }

    private func decode(_ bytes: [UInt8], _ reader: DigitReader) throws(PictureFailure) -> DecodedImage {
        do throws(ImageDecodingError) {
            return try reader.decode(bytes, page: page)
        } catch {
            throw PictureFailure(error)
        }
    }
}

extension PictureFailure {
    /// A file that is no picture that can be read.
    fileprivate init(_ error: ImageDecodingError) {
        switch error {
        case .tooLarge(let width, let height, let largest):
            let (count, overflows) = width.multipliedReportingOverflow(by: height)
            let advice =
                overflows || count > ReaderOptions.pixelLimit
                ? "make it smaller" : "make it smaller, or add --max-pixels \(count)"
            self.init(
                reason: "The picture has \(width)×\(height) pixels, but at most "
                    + "\(NumberText.grouped(largest)) are allowed; \(advice).")
        default: self.init(reason: "\(error)")
        }
    }
}
