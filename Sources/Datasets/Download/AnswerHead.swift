/// The head of an HTTP answer: what it says about the body that follows.
struct AnswerHead {
    /// The status code; 0 before the first line has come.
    private(set) var status = 0
    /// Bytes of the whole file, where the server told them. Known when `start` has been asked for.
    private(set) var total: Int?
    /// The fields' values by their names in lower case.
    private var fields: [String: String] = [:]

    /// Takes in the next line. The first line of another answer, as after a redirection, begins anew.
    mutating func add(_ line: String) {
        if line.hasPrefix("HTTP/") {
            self = AnswerHead()
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            fields[line[..<colon].lowercased()] = value.split(whereSeparator: \.isNewline).first.map(
                String.init)
        }
    }

    /// Where in the file the body begins, for a request for the file from `resumingAt` on.
    mutating func start(resumingAt: Int) throws(MirrorFailure.Reason) -> Int {
        switch status {
        case 200, 206:
            if fields["content-type"]?.lowercased().hasPrefix("text/html") == true { throw .webPage }
        case 416:
            throw .wrongRange("status 416")
        default:
            throw .status(status)
        }
        if status == 200 {
            total = fields["content-length"].flatMap { Int($0) }
            return 0
        }
        let range = fields["content-range"] ?? "no Content-Range"
        // As "bytes 500-999/1000"; the total may be "*".
        let parts = range.split(whereSeparator: { " -/".contains($0) })
        guard parts.count == 4, parts[0] == "bytes", Int(parts[1]) == resumingAt, resumingAt > 0,
            Int(parts[2]) != nil
        else { throw .wrongRange(range) }
        total = Int(parts[3])
        return resumingAt
    }
}
