import Foundation
import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 that can behave as badly as real ones do.
final class LocalHTTPServer: Sendable {
    /// What a client asked for.
    struct Request: Sendable, Equatable {
        /// The last part of the path.
        let file: String
        /// The start of the range that was asked for.
        let rangeStart: Int?
    }

    /// What the server sends.
    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        /// The length that is told, where it is not that of the body.
        var statedLength: Int?
        /// Whether the client hears anything at all before the body.
        var sendsHead = true
        /// Sends only so many bytes of the body.
        var bytesSent: Int?
        /// Whether the connection stays open and silent afterwards.
        var stalls = false

        fileprivate var head: [UInt8] {
            let fields = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
            let length = "Content-Length: \(statedLength ?? body.count)\r\n"
            return Array("HTTP/1.1 \(status) Answer\r\nConnection: close\r\n\(length)\(fields)\r\n".utf8)
        }

        /// The file, or the part of it that was asked for.
        static func file(_ bytes: [UInt8], for request: Request, ranges: Bool = true) -> Answer {
            guard ranges, let start = request.rangeStart else { return Answer(body: bytes) }
            guard start < bytes.count else { return Answer(status: 416) }
            return Answer(
                status: 206,
                headers: ["Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
                body: Array(bytes[start...]))
        }
    }

    /// The folder that mirrors are named by.
    let url: URL
    private let listener: Int32
    private let respond: @Sendable (Request) -> Answer
    private let log = Mutex<[Request]>([])

    /// Starts to listen.
    init(_ respond: @escaping @Sendable (Request) -> Answer) throws {
        self.respond = respond
        #if canImport(Glibc)
            let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let door = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        listener = door
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(door, general, size) == 0 && listen(door, 16) == 0
                    && getsockname(door, general, &size) == 0
            }
        }
        let port = UInt16(bigEndian: address.sin_port)
        guard isListening, let url = URL(string: "http://127.0.0.1:\(port)/data/") else {
            throw CocoaError(.fileReadUnknown)
        }
        self.url = url
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(door, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    close(connection)
                }
            }
        }
    }

    /// Serves files by name, with ranges; 404 for others.
    convenience init(files: [String: [UInt8]]) throws {
        try self.init { request in
            files[request.file].map { .file($0, for: request) } ?? Answer(status: 404)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// All requests so far.
    var requests: [Request] { log.withLock { $0 } }

    private func serve(_ connection: Int32) {
        guard let request = receive(connection) else { return }
        log.withLock { $0.append(request) }
        let answer = respond(request)
        if answer.sendsHead { send(answer.head, to: connection) }
        send(Array(answer.body.prefix(answer.bytesSent ?? answer.body.count)), to: connection)
        if answer.stalls {
            // Until the client goes away.
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
        }
    }

    private func receive(_ connection: Int32) -> Request? {
        var head: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            head += piece.prefix(count)
        }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        guard let path = lines[0].split(separator: " ").dropFirst().first else { return nil }
        let range = lines.compactMap { $0.firstMatch(of: /(?i)^range: bytes=(\d+)-$/) }.first
        return Request(
            file: String(path.split(separator: "/").last ?? ""), rangeStart: range.flatMap { Int($0.1) })
    }

    private func send(_ bytes: [UInt8], to connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { rest in
                #if canImport(Glibc)
                    systemSend(connection, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                #else
                    systemSend(connection, rest.baseAddress, rest.count, 0)
                #endif
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}

private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(socket, bytes, count, flags)
}
