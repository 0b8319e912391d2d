import Files
import PlainText
import ReportPages

/// The folder that a report is written into: a page for people and a file of numbers for programs.
public struct ReportFolder: Sendable {
    /// The folder's path, as the user would type it.
    public let path: String

    /// Names a folder, which exists.
    public init(path: String) { self.path = path }

    /// The page.
    public var page: String { path + "/" + Self.pageName }
    /// The numbers.
    public var numbers: String { path + "/" + Self.numbersName }

    /// What the page is called in every folder.
    public static let pageName = "report.html"
    /// What the file of numbers is called in every folder.
    public static let numbersName = "report.json"

    /// Writes both files, or neither; where they may replace others, both where none of them is a folder.
    /// - Parameter replacing: Whether files of these names may be replaced.
    func write(_ page: ReportPage, _ numbers: JSONText, replacing: Bool) throws(FileError) {
        for path in [self.numbers, self.page] where FileKind.isFolder(path) {
            throw FileError(path: path, operation: .create, cause: .isDirectory)
        }
        try DurableFile.write(Array(numbers.document.utf8), to: self.numbers, replacing: replacing)
        do throws(FileError) {
            try DurableFile.write(Array(page.html.utf8), to: self.page, replacing: replacing)
        } catch {
            // What was replaced is gone; the new numbers are right.
            if !replacing { FileSystem.removeFile(self.numbers) }
            throw error
        }
    }
}
