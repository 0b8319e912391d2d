import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a server answered.
struct HTTPAnswer {
    let status: Int
    /// By name in small letters.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body's object.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
}

/// A plain connection over which tests send what they like.
// Sendable: a test hands it to another thread and does not use it any more itself.
final class TestConnection: @unchecked Sendable {
    struct Failure: Error {
        let reason: String
    }

    private let socket: Int32
    private var received: [UInt8] = []

    init(port: Int) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "no connection: \(errno)") }
        // Nothing here takes that long.
        var time = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// Sends a whole request and takes the response.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> HTTPAnswer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: test\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
        try write(Array((head + "\r\n").utf8) + body)
        return try answer(hasBody: method != "HEAD")
    }

    /// Sends bytes.
    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                sendWithoutSignal(socket, $0)
            }
            guard count > 0 else { throw Failure(reason: "the connection is closed") }
            sent += count
        }
    }

    /// Says that nothing more is sent, and goes on listening.
    func endSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Takes a response.
    func answer(hasBody: Bool = true) throws -> HTTPAnswer {
        let end = Array("\r\n\r\n".utf8)
        var headEnd: Int?
        while headEnd == nil {
            headEnd = received.firstRange(of: end)?.upperBound
            if headEnd == nil { try receive() }
        }
        let lines = String(decoding: received[..<(headEnd ?? 0)], as: UTF8.self).components(
            separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        received.removeFirst(headEnd ?? 0)
        let count = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
        while received.count < count { try receive() }
        let body = Array(received[..<count])
        received.removeFirst(count)
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return HTTPAnswer(status: status, headers: headers, body: body)
    }

    /// Whether the server closes the connection before it sends anything more.
    func isClosedByServer() -> Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, 0)
        return count == 0 || count < 0 && errno != EAGAIN
    }

    private func receive() throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { throw Failure(reason: "the connection was closed, or nothing came: \(errno)") }
        received += buffer[..<count]
    }
}

/// A closed connection is an error, not the end of the process.
private func sendWithoutSignal(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
}
