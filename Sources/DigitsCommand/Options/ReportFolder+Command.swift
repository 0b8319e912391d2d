import Datasets
import ModelReports
import PlainText

extension ReportFolder {
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

    /// What makes the same report again, the place of the data excepted.
    static func command(path: String, dataset: DatasetDescription, split: DatasetSplit) -> String {
        "digits evaluate \(ShellText.quoted(path)) \(dataset.options) --split \(split.rawValue) --report report"
    }
}
