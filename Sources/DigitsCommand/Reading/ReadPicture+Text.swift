import DigitRecognition
import PlainText

extension ReadPicture {
    /// The numbers, a line for each.
    /// - Parameters:
    ///   - minimumConfidence: Below it `?` stands in place of a digit.
    ///   - isNamed: Whether the file's name stands before each.
    func lines(minimumConfidence: Double, isNamed: Bool) -> [String] {
        numbers.map { (isNamed ? "\(title): " : "") + $0.text(minimumConfidence: minimumConfidence) }
    }

    /// `{"file":"a.png","width":…,"height":…,"text":"742","lines":[…],"refused":null}`, with `page` where there are several, and
    /// with `reason` where it is refused.
    func json(minimumConfidence: Double) -> JSONText {
        let reading = try? outcome.get()
        var members: [(String, JSONText)] = [("file", .string(name))]
        if pageCount > 1 { members.append(("page", .integer(page))) }
        members += [
            ("width", reading.map { .integer($0.width) } ?? .null),
            ("height", reading.map { .integer($0.height) } ?? .null),
            ("text", .string(reading?.text(minimumConfidence: minimumConfidence) ?? "")),
            ("lines", .array(numbers.map { $0.json(minimumConfidence: minimumConfidence) })),
            ("refused", refusal.map { .string($0.kind) } ?? .null),
        ]
        if let refusal { members.append(("reason", .string(refusal.reason))) }
        return .object(members)
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
    var refusal: (kind: String, reason: String)? {
        switch outcome {
        case .success(let reading): reading.refusal.map { ($0.kind.rawValue, $0.reason) }
        case .failure(let failure): (Reading.Refusal.Kind.unreadable.rawValue, failure.reason)
        }
    }

    /// How many digits there are, and how many of them are less sure than is asked for.
    func digitCounts(minimumConfidence: Double) -> (all: Int, doubtful: Int) {
        let digits = numbers.flatMap(\.digits)
        return (digits.count, digits.count { $0.confidence < minimumConfidence })
    }
}

extension Reading.Line {
    fileprivate func json(minimumConfidence: Double) -> JSONText {
        .object([
            ("text", .string(text(minimumConfidence: minimumConfidence))),
            ("confidence", .float(Float(confidence))), ("box", box.json), ("angle", .number(roundedAngle)),
            ("digits", .array(digits.map(\.json))),
        ])
    }

    /// Hundredths of a degree are less than anybody can see.
    fileprivate var roundedAngle: Double { (angle * 100).rounded() / 100 + 0 }
}

extension Reading.Digit {
    fileprivate var json: JSONText {
        .object([
            ("digit", .integer(value)), ("confidence", .float(Float(confidence))), ("box", box.json),
            ("probabilities", .array(probabilities.map(JSONText.float))),
        ])
    }
}

extension PixelBox {
    fileprivate var json: JSONText { .array([left, top, width, height].map(JSONText.integer)) }
}
