import DigitRecognition
public import Figures
public import ReportPages

extension ReadingAccount {
    /// The steps as a page.
    public var page: ReportPage {
        var facts = [
            PageFact(
                reading.lines.count == 1 ? "Number" : "Numbers",
                reading.lines.count == 1 ? reading.text : "\(reading.lines.count)"),
            PageFact("Digits", "\(reading.lines.reduce(0) { $0 + $1.digits.count })"),
        ]
        if let least = reading.lines.flatMap(\.digits).map(\.confidence).min() {
            facts.append(PageFact("Least certain", DigitLabels.share(least)))
        }
        let stages = stages
        return ReportPage(
            title: "How \(name) was read",
            summary: reading.refusal.map { "Nothing was read. \($0.reason)" }
                ?? "What became of the picture, step by step, before a network named its digits.",
            facts: reading.refusal == nil ? facts : [],
            sections: stages.enumerated().map { index, stage in
                let drawing = stage.drawing(isCaptioned: false)
                let isLast = index == stages.count - 1
                return PageSection(
                    isLast ? "What was read" : "\(index + 1). \(stage.title)",
                    [
                        isLast && reading.refusal == nil
                            ? .figure(Figure(drawing: drawing, table: reading.table)) : .drawing(drawing)
                    ])
            }, footer: "Made by digits read.")
    }

    /// Writes each step as a PNG file into a folder, numbered in their order.
    /// - Parameters:
    ///   - folder: It exists.
    ///   - replacing: Whether files of these names may be replaced.
    /// - Returns: The files' paths.
    /// - Throws: `FigureError` if Cairo is missing or a file cannot be written.
    @discardableResult
    public func write(to folder: String, replacing: Bool = false) throws(FigureError) -> [String] {
        var paths: [String] = []
        for (index, stage) in stages.enumerated() {
            let path = "\(folder)/\(index + 1)-\(stage.name).png"
            try stage.drawing(isCaptioned: true).write(to: path, replacing: replacing)
            paths.append(path)
        }
        return paths
    }
}
