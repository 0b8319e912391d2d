import DigitRecognition
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What is asked about a picture.
struct PictureRequest {
    var options = ReadingOptions()
    /// Digits that are less likely right are `?` in texts, or marked, `0...1`; nil where nobody asked.
    var minimumConfidence: Double?
    /// From 0.
    var page = 0
    /// Whether the preparation's pictures are wanted.
    var wantsSteps = false
    /// Whether a picture is wanted of what speaks for each digit.
    var wantsExplanation = false
    /// Whether the annotated picture is wanted in place of JSON.
    var wantsPicture = false

    /// Digits of a number that is read at most.
    private static let mostDigits = 300
}

extension PictureRequest {
    /// What the query and the header fields of a request say. The query has the names of the options of `digits read`.
    /// - Throws: `ServiceError`, bad request.
    init(_ request: Request) throws(ServiceError) {
        let isSingle = try Self.flag("single", of: request)
        let isLine = try Self.flag("line", of: request)
        guard !(isSingle && isLine) else {
            throw .badRequest("single and line exclude each other. Give one of them.")
        }
        options.layout = isSingle ? .digit : isLine ? .line : .lines
        if let text = request.query("length") {
            guard !isSingle else {
                throw .badRequest("single and length exclude each other. Give one of them.")
            }
            options.lengths = try Self.lengths(text)
        }
        if let text = request.query("min-confidence") {
            guard let value = Double(text), (0...1).contains(value) else {
                throw .badRequest("min-confidence is '\(text.forMessage)'; give a number from 0 to 1.")
            }
            minimumConfidence = value
        }
        if let text = request.query("page") {
            guard let number = Int(text), number > 0 else {
                throw .badRequest("page is '\(text.forMessage)'; give a whole number from 1.")
            }
            page = number - 1
        }
        wantsSteps = try Self.flag("steps", of: request)
        wantsExplanation = try Self.flag("explain", of: request)
        let accepted = request.headers[.accept] ?? ""
        wantsPicture = accepted.contains("image/png") && !accepted.contains("application/json")
        options.keepsSteps = wantsSteps || wantsExplanation || wantsPicture
    }

    private static func flag(_ name: String, of request: Request) throws(ServiceError) -> Bool {
        switch request.query(name) {
        case nil, "false", "0": false
        case "true", "1", "": true
        case let text?: throw .badRequest("\(name) is '\(text.forMessage)'; give true or false.")
        }
    }

    /// `5` or `4-6`.
    private static func lengths(_ text: String) throws(ServiceError) -> ClosedRange<Int> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 1,
            first <= last, last <= mostDigits
        else {
            throw .badRequest(
                "length is '\(text.forMessage)'; give how many digits a number has, as in 5 or 4-6, at most \(mostDigits)."
            )
        }
        return first...last
    }
}
