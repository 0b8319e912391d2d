/// A way to make a connection hostile: where a request ends is not what it says, or there is none.
enum ConnectionAttack: CaseIterable {
    /// Bytes of the head are others.
    case head
    /// The first line is none.
    case requestLine
    /// The length is a lie.
    case length
    /// A chunk's size is a lie.
    case chunkSize
    /// The end is missing.
    case truncation
    /// What comes is no HTTP.
    case noise
    /// The client goes before it is answered.
    case reset

    /// What is sent on a connection of its own.
    func bytes(_ requests: ValidRequests, random: inout some RandomNumberGenerator) -> [UInt8] {
        var request = requests.posts.randomElement(using: &random)!
        switch self {
        case .head:
            let bytes = request.bytes()
            let end = bytes[...].place(of: Array("\r\n\r\n".utf8)) ?? bytes.count
            var head = Array(bytes[..<end])
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                head = FileMutation.allCases.randomElement(using: &random)!
                    .applied(to: head, other: head, random: &random)
            }
            return head + bytes[end...]
        case .requestLine:
            request = requests.all.randomElement(using: &random)!
            let line = Self.lines.randomElement(using: &random)!
            let bytes = request.bytes()
            return Array(line.utf8) + bytes[(bytes[...].place(of: [0x0D, 0x0A]) ?? 0)...]
        case .length:
            let right = request.body.count
            let lengths =
                Self.lengths
                + [right - 1, right + 1, right + 60_000, right / 2].map { "Content-Length: \($0)" }
            request.fields += lengths.randomElement(using: &random)!.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), String(parts[1].dropFirst()))
            }
            return request.bytes(.none)
        case .chunkSize: return request.bytes(.chunks(Chunks.lying(request.body, random: &random)))
        case .truncation, .reset:
            if Bool.random(using: &random) {
                request.method = "POST"
                let chunks = Chunks.valid(request.body, random: &random)
                let bytes = request.bytes(.chunks(chunks))
                return Array(bytes[..<Int.random(in: 0...bytes.count, using: &random)])
            }
            let bytes = request.bytes()
            return Array(bytes[..<Int.random(in: 0...bytes.count, using: &random)])
        case .noise:
            return Self.greetings.randomElement(using: &random)!
                + (0..<Int.random(in: 0...100, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
        }
    }

    private static let lines = [
        "", " ", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET / HTTP/0.9", "GET / HTTP/1.0",
        "GET / HTTP/2.0",
        "GET / HTTP/1.2", "GET / HTTP/9.9", "GET / HTTP/1.10", "GET / http/1.1", "GET / HTTP/",
        "GET / HTCPCP/1.0", "get / HTTP/1.1",
        "G\u{0}T / HTTP/1.1", "\r\n\r\nGET /v2 HTTP/1.1", "GET\t/\tHTTP/1.1", "CONNECT a:1 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET * HTTP/1.1", "GET a HTTP/1.1", "GET http://a/v2 HTTP/1.1", "PRI * HTTP/2.0",
        "GET /" + String(repeating: "a", count: 20_000) + " HTTP/1.1",
        String(repeating: "A", count: 20_000) + " / HTTP/1.1",
    ]

    private static let lengths = [
        "Content-Length: -1", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: ",
        "Content-Length: 5, 5",
        "Content-Length: 5, 6", "Content-Length: 5\nContent-Length: 6",
        "Content-Length: 5\nContent-Length: 5", "Content-Length: 1e3",
        "Content-Length: 9223372036854775807", "Content-Length: 18446744073709551616",
        "Content-Length: 5\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 5", "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: identity", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: CHUNKED",
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked", "Transfer-Encoding: \u{B}chunked",
        "Transfer-Encoding : chunked",
        "Content-Length : 5", "X-Nothing: about the length",
    ]

    /// How other protocols begin.
    private static let greetings: [[UInt8]] = [
        [], [0], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3], Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8),
        Array("\u{0}\u{0}\u{0}\u{5A}\u{FE}SMB".utf8), Array("SSH-2.0-OpenSSH_9.0\r\n".utf8),
        Array("EHLO a\r\n".utf8),
        [UInt8](repeating: 0x41, count: 20_000), [UInt8](repeating: 0x0A, count: 20_000),
        Array(String(repeating: "\r\n", count: 10_000).utf8),
    ]
}
