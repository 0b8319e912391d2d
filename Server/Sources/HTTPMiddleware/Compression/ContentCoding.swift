import HTTPTypes

/// A way in which a body can be compressed.
///
/// Source: RFC 9110, section 8.4.1.
package enum ContentCoding: String, Sendable {
    case gzip
    case deflate

    /// What a server that takes these codings says in `Accept-Encoding`.
    static let accepted = "gzip, deflate"

    /// The coding of a body, by its `Content-Encoding`.
    ///
    /// - Returns: `nil` for a body that is as it is.
    /// - Throws: ``RequestRefusal`` with status 415 for other codings, and for several in a row.
    static func ofRequest(_ headers: HTTPFields) throws(RequestRefusal) -> ContentCoding? {
        let names = headers[values: .contentEncoding]
            .flatMap { $0.split(separator: ",") }
            .map { $0.trimmingBlanks.lowercased() }
            .filter { $0 != "identity" && !$0.isEmpty }
        guard let name = names.first else { return nil }
        let coding: ContentCoding? =
            switch name {
            case "gzip", "x-gzip": .gzip
            case "deflate": .deflate
            default: nil
            }
        guard let coding, names.count == 1 else {
            throw RequestRefusal(
                .unsupportedMediaType,
                "The body's Content-Encoding is not supported: send gzip, deflate, or neither.",
                headers: [.acceptEncoding: accepted])
        }
        return coding
    }

    /// The coding that a client likes best among those that it accepts.
    ///
    /// Weights are compared first; of equal ones gzip wins, because `deflate` is read in two ways. What is not named has the
    /// weight of `*`.
    ///
    /// - Parameter acceptEncoding: values of `Accept-Encoding`; none means that nothing was asked for.
    /// - Returns: `nil` for a body as it is.
    static func preferred(_ acceptEncoding: [String]) -> ContentCoding? {
        var weights: [String: Double] = [:]
        for item in acceptEncoding.flatMap({ $0.split(separator: ",") }) {
            let parts = item.split(separator: ";")
            guard let name = parts.first?.trimmingBlanks.lowercased() else { continue }
            weights[name] = parts.dropFirst().compactMap { weight($0.trimmingBlanks) }.first ?? 1
        }
        let others = weights["*"] ?? 0
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? others
        let deflate = weights["deflate"] ?? others
        let best = max(gzip, deflate)
        guard best > 0, best >= weights["identity"] ?? 0 else { return nil }
        return gzip == best ? .gzip : .deflate
    }

    /// The number of `q=0.5`; a bad one counts as 0, so that nothing is sent that a client may not read.
    private static func weight(_ parameter: String) -> Double? {
        guard parameter.lowercased().hasPrefix("q=") else { return nil }
        guard let weight = Double(parameter.dropFirst(2)), (0...1).contains(weight) else { return 0 }
        return weight
    }
}

extension StringProtocol {
    /// Without blanks and tabs at both ends.
    package var trimmingBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
