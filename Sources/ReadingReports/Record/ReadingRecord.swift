public import DigitRecognition
import Imaging
import PlainText

/// What there is to tell about one picture that was read, or that could not be: what `digits read --json` writes.
///
/// ```swift
/// let reading = try DigitReader.pretrained().read(contentsOf: "photo.jpg")
/// print(ReadingRecord(reading, of: "photo.jpg").json())
/// ```
public struct ReadingRecord: Sendable {
    /// What the picture's file is called.
    public let file: String
    /// Which page of several it is, from 1; nil where its file has one.
    public let page: Int?
    /// What was read; nil where the file holds no picture that can be.
    public let reading: Reading?
    /// Why there is no reading, in a sentence; nil where there is one.
    public let failure: String?

    /// A picture that was read.
    /// - Parameters:
    ///   - file: What the picture's file is called.
    ///   - page: Which page of several it is, from 1; nil where its file has one.
    public init(_ reading: Reading, of file: String, page: Int? = nil) {
        self.file = file
        self.page = page
        self.reading = reading
        failure = nil
    }

    /// A file that could not be read.
    /// - Parameters:
    ///   - failure: Why, in a sentence.
    ///   - file: What the picture's file is called.
    ///   - page: Which page of several it is, from 1; nil where its file has one.
    public init(failure: String, of file: String, page: Int? = nil) {
        self.file = file
        self.page = page
        self.failure = failure
        reading = nil
    }

    /// Why there are no numbers: the kind of reason, and a sentence; nil where there are some. A file that holds no picture is
    /// `unreadable`.
    public var refusal: (kind: String, reason: String)? {
        if let refusal = reading?.refusal { return (refusal.kind.rawValue, refusal.reason) }
        return failure.map { (Reading.Refusal.Kind.unreadable.rawValue, $0) }
    }

    /// The record as JSON (RFC 8259) on one line, without its end:
    /// `{"file":"a.png","width":…,"height":…,"text":"742","lines":[…],"refused":null}`, with `page` where there are several, and with
    /// `reason` where nothing was read. Boxes are left, top, width and height in pixels of the picture; angles are in degrees.
    /// - Parameter minimumConfidence: Digits that are less likely right are `?` in texts, `0...1`.
    public func json(minimumConfidence: Double = 0) -> String {
        var members: [(String, JSONText)] = [("file", .string(file))]
        if let page { members.append(("page", .integer(page))) }
        members += [
            ("width", reading.map { .integer($0.width) } ?? .null),
            ("height", reading.map { .integer($0.height) } ?? .null),
            ("text", .string(reading?.text(minimumConfidence: minimumConfidence) ?? "")),
            (
                "lines",
                .array((reading?.lines ?? []).map { $0.json(minimumConfidence: minimumConfidence) })
            ),
            ("refused", refusal.map { .string($0.kind) } ?? .null),
        ]
        if let refusal { members.append(("reason", .string(refusal.reason))) }
        return JSONText.object(members).text
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
    package var roundedAngle: Double { (angle * 100).rounded() / 100 + 0 }
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
