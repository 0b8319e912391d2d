import DigitRecognition
import PlainText
import ReadingReports

extension ReadPicture {
    /// The numbers, a line for each.
    /// - Parameters:
    ///   - minimumConfidence: Below it `?` stands in place of a digit.
    ///   - isNamed: Whether the file's name stands before each.
    func lines(minimumConfidence: Double, isNamed: Bool) -> [String] {
        numbers.map { (isNamed ? "\(title): " : "") + $0.text(minimumConfidence: minimumConfidence) }
    }

    /// What there is to tell as JSON.
    var record: ReadingRecord {
        let page = pageCount > 1 ? page : nil
        return switch outcome {
        case .success(let reading): ReadingRecord(reading, of: name, page: page)
        case .failure(let failure): ReadingRecord(failure: failure.reason, of: name, page: page)
        }
    }

    /// The names of the columns of `rows`.
    static let columns = [
        "file", "page", "line", "text", "confidence", "x", "y", "width", "height", "angle", "refused",
    ]

    /// Values for a table, a row for each number, or one that says what kind of reason there is for having none.
    func rows(minimumConfidence: Double) -> [[String]] {
        if let refusal {
            let empty = [String](repeating: "", count: Self.columns.count - 3)
            return [[name, "\(page)"] + empty + [refusal.kind]]
        }
        return numbers.enumerated().map { index, number in
            let box = number.box
            return [name, "\(page)", "\(index + 1)", number.text(minimumConfidence: minimumConfidence)]
                + [NumberText.plain(Float(number.confidence))]
                + [box.left, box.top, box.width, box.height].map { "\($0)" }
                + [NumberText.plain(number.roundedAngle), ""]
        }
    }

    private var numbers: [Reading.Line] { (try? outcome.get())?.lines ?? [] }
}

extension ReadPicture {
    /// Why there are no numbers. A file that holds no picture is unreadable.
    var refusal: (kind: String, reason: String)? { record.refusal }

    /// How many digits there are, and how many of them are less sure than is asked for.
    func digitCounts(minimumConfidence: Double) -> (all: Int, doubtful: Int) {
        let digits = numbers.flatMap(\.digits)
        return (digits.count, digits.count { $0.confidence < minimumConfidence })
    }
}
