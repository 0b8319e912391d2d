#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One answer, as strictly as HTTP/1.1 has it (RFC 9112).
struct HTTPAnswer {
    let status: Int
    /// Names in small letters.
    let fields: [(name: String, value: String)]
    let body: ArraySlice<UInt8>
    /// How many bytes all of it has.
    let byteCount: Int

    /// Whether the connection ends with it.
    var isLast: Bool { self["connection"]?.lowercased() == "close" }

    /// The value of a field.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    private static let mostHeadBytes = 16_384

    /// The answer at the begin of bytes; nil where it is not all there.
    /// - Parameters:
    ///   - isToHead: Whether it answers HEAD, so that no body comes.
    ///   - hasEnded: Whether no more bytes come.
    init?(_ bytes: ArraySlice<UInt8>, isToHead: Bool, hasEnded: Bool) throws(HTTPFault) {
        let prefix = Array("HTTP/1.1 ".utf8)
        guard zip(bytes, prefix).allSatisfy({ $0 == $1 }) else {
            throw HTTPFault(.malformed, "This is no answer: \(Self.quoted(bytes))")
        }
        guard let headEnd = bytes.place(of: Self.blankLine) else {
            if hasEnded || bytes.count > Self.mostHeadBytes {
                throw HTTPFault(.malformed, "The answer's head has no end: \(Self.quoted(bytes))")
            }
            return nil
        }
        let lines = bytes[..<headEnd].lines
        status = try Self.status(lines[0])
        fields = try Self.fields(lines.dropFirst())
        let start = headEnd + Self.blankLine.count
        let lengths = fields.filter { $0.name == "content-length" }
        let isChunked = fields.contains { $0.name == "transfer-encoding" }
        guard lengths.count + (isChunked ? 1 : 0) <= 1 else {
            throw HTTPFault(.malformed, "The answer's length is told twice: \(Self.quoted(bytes))")
        }
        let end: Int
        if isToHead || status < 200 || status == 204 || status == 304 {
            (body, end) = ([], start)
        } else if isChunked {
            var rest = bytes[start...]
            guard let joined = try Self.chunks(&rest) else {
                if hasEnded { throw HTTPFault(.malformed, "The answer has no last chunk.") }
                return nil
            }
            (body, end) = (joined[...], rest.startIndex)
        } else {
            guard let count = lengths.first.flatMap({ Int($0.value) }), count >= 0 else {
                throw HTTPFault(.malformed, "The answer tells no length: \(Self.quoted(bytes))")
            }
            guard bytes.endIndex - start >= count else {
                if hasEnded {
                    throw HTTPFault(
                        .malformed,
                        "The answer's body has \(bytes.endIndex - start) bytes of the \(count) that it should."
                    )
                }
                return nil
            }
            (body, end) = (bytes[start..<start + count], start + count)
        }
        byteCount = end - bytes.startIndex
    }
}

extension HTTPAnswer {
    private static let blankLine = Array("\r\n\r\n".utf8)

    private static func status(_ line: ArraySlice<UInt8>) throws(HTTPFault) -> Int {
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[1].count == 3,
            let status = Int(String(decoding: words[1], as: UTF8.self)),
            100...599 ~= status
        else { throw HTTPFault(.malformed, "This is no status: \(quoted(line))") }
        return status
    }

    private static func fields(
        _ lines: ArraySlice<ArraySlice<UInt8>>
    ) throws(HTTPFault) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(\.isToken), line[colon...].allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw HTTPFault(.malformed, "This is no field: \(quoted(line))") }
            let value = line[(colon + 1)...].drop { $0 == 0x20 }
            fields.append(
                (
                    String(decoding: line[..<colon], as: UTF8.self).lowercased(),
                    String(decoding: value, as: UTF8.self)
                ))
        }
        return fields
    }

    /// The body of chunks; nil where they are not all there.
    private static func chunks(_ rest: inout ArraySlice<UInt8>) throws(HTTPFault) -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            guard let lineEnd = rest.place(of: [0x0D, 0x0A]) else { return nil }
            guard let count = Int(String(decoding: rest[..<lineEnd], as: UTF8.self), radix: 16), count >= 0
            else {
                throw HTTPFault(.malformed, "This is no size of a chunk: \(quoted(rest))")
            }
            let start = lineEnd + 2
            guard rest.endIndex - start >= count + 2 else { return nil }
            guard rest[(start + count)...].starts(with: [0x0D, 0x0A]) else {
                throw HTTPFault(.malformed, "A chunk is longer than its size.")
            }
            body += rest[start..<start + count]
            rest = rest[(start + count + 2)...]
            if count == 0 { return body }
        }
    }

    /// The begin of bytes, for a sentence.
    static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(120), as: UTF8.self).debugDescription
    }
}

extension ArraySlice<UInt8> {
    /// Where some bytes are first.
    func place(of pattern: [UInt8]) -> Int? {
        withUnsafeBytes { bytes in
            var start = 0
            while start + pattern.count <= bytes.count {
                let count = bytes.count - pattern.count + 1 - start
                guard let found = memchr(bytes.baseAddress! + start, Int32(pattern[0]), count) else {
                    return nil
                }
                let place = UnsafeRawPointer(found) - bytes.baseAddress!
                if memcmp(found, pattern, pattern.count) == 0 { return startIndex + place }
                start = place + 1
            }
            return nil
        }
    }

    /// Lines that end with CR and LF, without these.
    fileprivate var lines: [ArraySlice<UInt8>] {
        var (lines, rest): ([ArraySlice<UInt8>], ArraySlice<UInt8>) = ([], self)
        while let end = rest.place(of: [0x0D, 0x0A]) {
            lines.append(rest[..<end])
            rest = rest[(end + 2)...]
        }
        return lines + [rest]
    }
}

extension UInt8 {
    /// Whether a field's name may have it (RFC 9110, 5.6.2).
    fileprivate var isToken: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
