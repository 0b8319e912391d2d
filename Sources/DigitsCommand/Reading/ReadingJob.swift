import DigitRecognition
import Files

/// One picture to be read: a file, of several pages the first, or another page.
struct ReadingJob: Sendable {
    let source: PictureSource
    /// From 0.
    var page = 0
    /// How many pages the file has; nil as long as nobody has looked into it.
    var pageCount: Int?

    /// The picture, and the bytes that hold its other pages if it is the first of several.
    struct Finished: Sendable {
        let picture: ReadPicture
        let bytes: [UInt8]?
    }

    /// Reads the picture. Nothing that can be wrong with it is an error.
    func run(_ reader: DigitReader) -> Finished {
        do throws(PictureFailure) {
            return result(of: try bytes(of: reader), reader)
        } catch {
            return Finished(picture: picture(.failure(error), pageCount: 1), bytes: nil)
        }
    }

    private func result(of bytes: [UInt8], _ reader: DigitReader) -> Finished {
        let pages: Int
        let outcome: Result<Reading, PictureFailure>
        do throws(ImageDecodingError) {
            let image = try reader.decode(bytes, page: page)
            pages = image.pageCount
            outcome = .success(reader.read(image))
        } catch {
            // The other pages may be in order, unless nothing reads any.
            if case .libraryMissing = error { pages = 1 } else { pages = reader.decoder.pageCount(of: bytes) }
            outcome = .failure(PictureFailure(error))
        }
        return Finished(
            picture: picture(outcome, pageCount: pageCount ?? pages),
            bytes: pageCount == nil && pages > 1 ? bytes : nil)
    }

    private func picture(_ outcome: Result<Reading, PictureFailure>, pageCount: Int) -> ReadPicture {
        ReadPicture(name: source.name, page: page + 1, pageCount: pageCount, outcome: outcome)
    }

    private func bytes(of reader: DigitReader) throws(PictureFailure) -> [UInt8] {
        let limit = reader.decoder.largestByteCount
        switch source.contents {
        case .bytes(let bytes): return bytes
        case .none(let failure): throw failure
        case .file: return try Self.told(DurableFile.read(source.name, maximumByteCount: limit))
        case .standardInput:
            return try Self.told(FileReader.standardInput().readToEnd(maximumByteCount: limit))
        case .openPipe:
            return try Self.told(FileReader(openPipe: source.name).readToEnd(maximumByteCount: limit))
        }
    }

    /// What is read, or why it cannot be.
    private static func told(
        _ read: @autoclosure () throws(FileError) -> [UInt8]
    ) throws(PictureFailure) -> [UInt8] {
        do {
            return try read()
        } catch {
            throw PictureFailure(error)
        }
    }
}
