import HTTPMiddleware

/// A file of a form.
struct MultipartPart {
    /// What the client calls it; nil where it does not.
    let fileName: String?
    let bytes: [UInt8]
}

/// A form as browsers and curl send it: multipart/form-data (RFC 7578).
struct MultipartForm {
    private let body: [UInt8]
    private let boundary: [UInt8]
    /// The most parts that are looked at.
    private static let mostParts = 32
    /// The most bytes of a part's header fields.
    private static let mostHeaderBytes = 4096

    /// - Parameter contentType: The request's, which tells what stands between parts.
    /// - Throws: `ServiceError`, bad request, where it does not.
    init(_ body: [UInt8], contentType: String) throws(ServiceError) {
        guard let value = Self.parameter("boundary", of: contentType), (1...70).contains(value.utf8.count)
        else {
            throw .badRequest(
                "The form has no boundary in its Content-Type. Send it as multipart/form-data with one.")
        }
        self.body = body
        boundary = Array("--\(value)".utf8)
    }

    /// The first file of the form: a part with a file's name, or one that is called `file` or `picture`.
    /// - Throws: `ServiceError`, bad request, where there is none, or the form is cut off.
    func file() throws(ServiceError) -> MultipartPart {
        var place = 0
        guard let first = find(boundary, from: 0) else { throw Self.damaged }
        place = first + boundary.count
        for _ in 0..<Self.mostParts {
            // Two hyphens end the form.
            if body[place...].starts(with: Self.end) { break }
            let limit = min(place + Self.mostHeaderBytes, body.count)
            guard let blank = find(Self.blankLine, from: place), blank < limit,
                let next = find(Self.lineEnd + boundary, from: blank + Self.lineEnd.count)
            else { throw Self.damaged }
            let disposition = Self.disposition(body[place..<blank])
            let name = Self.parameter("filename", of: disposition)
            let start = blank + Self.blankLine.count
            if name != nil || ["file", "picture"].contains(Self.parameter("name", of: disposition)) {
                return MultipartPart(fileName: name, bytes: start <= next ? Array(body[start..<next]) : [])
            }
            place = next + Self.lineEnd.count + boundary.count
        }
        throw .badRequest("The form has no file. Give the picture in a field 'file'.")
    }
}

extension MultipartForm {
    private static let lineEnd = Array("\r\n".utf8)
    private static let blankLine = Array("\r\n\r\n".utf8)
    private static let end = Array("--".utf8)
    private static let damaged = ServiceError.badRequest(
        "The form is damaged or cut off. Send it as multipart/form-data (RFC 7578).")

    /// The header field of a part that tells its name.
    private static func disposition(_ fields: ArraySlice<UInt8>) -> String {
        String(decoding: fields, as: UTF8.self).split(whereSeparator: \.isNewline)
            .first { $0.lowercased().hasPrefix("content-disposition:") }.map { String($0) } ?? ""
    }

    /// The value of a parameter such as `; name="file"`.
    private static func parameter(_ name: String, of field: String) -> String? {
        for part in field.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmingBlanks.lowercased() == name else { continue }
            let value = pair[1].trimmingBlanks
            return value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
                ? String(value.dropFirst().dropLast()) : value
        }
        return nil
    }

    /// Where some bytes are next.
    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard start >= 0, start <= body.count - pattern.count, !pattern.isEmpty else { return nil }
        // Knuth, Morris and Pratt: the time goes with the body's length, whatever boundary somebody chooses.
        var fallbacks = [0]
        for byte in pattern.dropFirst() {
            var length = fallbacks[fallbacks.count - 1]
            while length > 0, pattern[length] != byte { length = fallbacks[length - 1] }
            fallbacks.append(pattern[length] == byte ? length + 1 : 0)
        }
        var matched = 0
        for place in start..<body.count {
            let byte = body[place]
            while matched > 0, pattern[matched] != byte { matched = fallbacks[matched - 1] }
            if byte == pattern[matched] { matched += 1 }
            if matched == pattern.count { return place + 1 - matched }
        }
        return nil
    }
}
