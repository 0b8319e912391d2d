/// Bodies in chunks (RFC 9112, 7.1).
enum Chunks {
    /// A body in chunks as they may be: of any sizes, with extensions and trailers.
    static func valid(_ body: [UInt8], random: inout some RandomNumberGenerator) -> [UInt8] {
        let most = [1, 3, 100, 1000, 1000, 100_000].randomElement(using: &random)!
        // A flood of tiny ones.
        let body = most == 1 ? Array(body.prefix(1000)) : body
        let (zeros, lineEnd) = [("", "\r\n"), ("000", "\r\n"), ("", ";a=b\r\n"), ("", ";a=\"b;c\"\r\n")]
            .randomElement(using: &random)!
        let (before, after) = (Array(zeros.utf8), Array(lineEnd.utf8))
        var (result, start): ([UInt8], Int) = ([], 0)
        while start < body.count {
            let count = min(Int.random(in: 1...most, using: &random), body.count - start)
            result += before
            result += String(count, radix: 16).utf8
            result += after
            result += body[start..<start + count]
            result += [0x0D, 0x0A]
            start += count
        }
        let trailers = ["", "", "X-Trailer: a\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"]
        return result + "0\r\n".utf8 + trailers.randomElement(using: &random)!.utf8 + "\r\n".utf8
    }

    /// A body in chunks whose size is told wrongly.
    static func lying(_ body: [UInt8], random: inout some RandomNumberGenerator) -> [UInt8] {
        let others = [body.count + 1, max(body.count - 1, 0)].map { String($0, radix: 16) }
        return Array((lies + others).randomElement(using: &random)!.utf8) + [0x0D, 0x0A] + body
            + "\r\n0\r\n\r\n".utf8
    }

    private static let lies = [
        "-1", "FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "10000000000000000", "FFFFFFFF", "0x10", " 10", "10 ",
        "G", "", "+10",
        "1 0", "\u{FF11}", "10\n", "\r\n10", "10;" + String(repeating: "a", count: 20_000),
        String(repeating: "0", count: 20_000) + "1",
    ]
}
