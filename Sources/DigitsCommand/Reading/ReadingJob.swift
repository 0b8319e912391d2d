import DigitRecognition
import Files
import PlainText

/// One picture to be read: a file, of several pages the first, or another page.
struct ReadingJob: Sendable {
    let source: PictureSource
    /// From 0.
    var page = 0
    /// How many pages the file has; nil as long as nobody has looked into it.
    var pageCount: Int?

    /// The picture, and the bytes that hold its other pages if it is the first of several.
    struct Result: Sendable {
        let picture: ReadPicture
        let bytes: [UInt8]?
    }

    /// Reads the picture. Nothing that can be wrong with it is an error.
    func run(_ reader: DigitReader) -> Result {
        do throws(PictureFailure) {
            return result(of: try bytes(of: reader), reader)
        } catch {
            return Result(picture: picture(.failure(error), pageCount: 1), bytes: nil)
        }
    }

    private func result(of bytes: [UInt8], _ reader: DigitReader) -> Result {
        let pages: Int
        let outcome: Swift.Result<Reading, PictureFailure>
        do throws(ImageDecodingError) {
            let image = try reader.decode(bytes, page: page)
            pages = image.pageCount
            outcome = .success(reader.read(image))
        } catch {
            // The other pages may be in order, unless nothing reads any.
            if case .libraryMissing = error { pages = 1 } else { pages = reader.decoder.pageCount(of: bytes) }
            outcome = .failure(PictureFailure(error))
        }
        return Result(
            picture: picture(outcome, pageCount: pageCount ?? pages),
            bytes: pageCount == nil && pages > 1 ? bytes : nil)
    }

    private func picture(_ outcome: Swift.Result<Reading, PictureFailure>, pageCount: Int) -> ReadPicture {
        ReadPicture(name: source.name, page: page + 1, pageCount: pageCount, outcome: outcome)
    }

    private func bytes(of reader: DigitReader) throws(PictureFailure) -> [UInt8] {
        let limit = reader.decoder.largestByteCount
        switch source.contents {
        case .bytes(let bytes): return bytes
        case .none(let failure): throw failure
        case .file, .standardInput:
            do throws(FileError) {
                if case .file = source.contents {
                    return try DurableFile.read(source.name, maximumByteCount: limit)
                }
                return try FileReader.standardInput().readToEnd(maximumByteCount: limit)
            } catch {
                throw PictureFailure(error)
            }
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
