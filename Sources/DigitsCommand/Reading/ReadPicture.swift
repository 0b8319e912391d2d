import DigitRecognition
import PlainText

/// What came of a picture, or of one page of several.
struct ReadPicture: Sendable {
    /// What results call its file.
    let name: String
    /// From 1.
    let page: Int
    let pageCount: Int
    let outcome: Result<Reading, PictureFailure>

    /// What people see of its name.
    var visibleName: String { name.visible }
    /// What messages call it.
    var title: String { pageCount > 1 ? "\(visibleName), page \(page)" : visibleName }
}
