/// Bodies in chunks (RFC 9112, 7.1).
enum Chunks {
    /// A body in chunks as they may be: of any sizes, with extensions and trailers.
    static func valid(_ body: [UInt8], random: inout some RandomNumberGenerator) -> [UInt8] {
        let most = [1, 2, 100, 100_000].randomElement(using: &random)!
        // A flood of tiny ones.
        let body = most == 1 ? Array(body.prefix(4000)) : body
        let form = ["%", "000%", "%;a=b", "%;a=\"b;c\""].randomElement(using: &random)!
        var (result, start): ([UInt8], Int) = ([], 0)
        while start < body.count {
            let count = min(Int.random(in: 1...most, using: &random), body.count - start)
            result += line(form, count)
            result += body[start..<start + count]
            result += [0x0D, 0x0A]
            start += count
        }
        let trailers = ["", "", "X-Trailer: a\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"]
        return result + "0\r\n".utf8 + trailers.randomElement(using: &random)!.utf8 + "\r\n".utf8
    }

    /// A body in chunks whose size is told wrongly.
    static func lying(_ body: [UInt8], random: inout some RandomNumberGenerator) -> [UInt8] {
        let lies = [
            "-1", "FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "10000000000000000", "FFFFFFFF", "0x10", " 10",
            "10 ", "G", "", "+10",
            "1 0", "\u{FF11}", "10;" + String(repeating: "a", count: 20_000),
            String(repeating: "0", count: 20_000) + "1",
            String(body.count + 1, radix: 16), String(max(body.count - 1, 0), radix: 16), "10\n", "\r\n10",
        ]
        return Array(lies.randomElement(using: &random)!.utf8) + [0x0D, 0x0A] + body + "\r\n0\r\n\r\n".utf8
    }

    private static func line(_ form: String, _ count: Int) -> [UInt8] {
        Array((form.replacing("%", with: String(count, radix: 16)) + "\r\n").utf8)
    }
}
