import DigitRecognition
import Files
import PlainText

/// Why there is no reading of a picture: a sentence that does not name it.
struct PictureFailure: Error {
    let reason: String
}

extension PictureFailure {
    /// A file that the system does not let read.
    init(_ error: FileError) {
        self.init(reason: "It cannot be read (\(error.systemMessage)). \(error.advice)")
    }

    /// A file that is no picture that can be read.
    init(_ error: ImageDecodingError) {
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
