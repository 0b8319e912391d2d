import Files
import ReportPages

/// The folder that a report is written into: a page for people and a file of numbers for programs.
struct ReportFolder {
    /// The folder's path, as the user would type it.
    let path: String

    /// The page.
    var page: String { path + "/" + Self.pageName }
    /// The numbers.
    var numbers: String { path + "/" + Self.numbersName }

    /// What the two are called in every folder.
    static let pageName = "report.html"
    static let numbersName = "report.json"

    /// What was written, and how to look at it.
    var note: String {
        #if os(macOS)
            let opener = "open"
        #else
            let opener = "xdg-open"
        #endif
        return "Wrote \(page), which any browser shows, and \(numbers)\n"
            + "Next: \(opener) \(ShellText.quoted(page))"
    }

    /// Writes both files, or neither.
    func write(_ page: ReportPage, _ numbers: JSONText) throws(DurableFileError) {
        try DurableFile.write(Array(numbers.document.utf8), to: self.numbers, replacing: false)
        do throws(DurableFileError) {
            try DurableFile.write(Array(page.html.utf8), to: self.page, replacing: false)
        } catch {
            SystemCalls.removeFile(self.numbers)
            throw error
        }
    }
}
