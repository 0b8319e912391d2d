import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Stands between clients and a server, and makes faults on purpose, so that it is seen whether the fuzzer finds faults of their kind.
struct FaultyProxy: Sendable {
    /// Nil for one that makes none.
    let kind: HTTPFault.Kind?
    /// The server's port.
    let port: Int

    /// Counts what was answered on all connections.
    private final class Count: Sendable {
        private let value = Atomic(0)

        func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    /// What is never given back.
    private final class Memory: Sendable {
        private let pieces = Mutex<[[UInt8]]>([])

        func add(_ piece: [UInt8]) { pieces.withLock { $0.append(piece) } }
    }

    private let answers = Count()
    private let kept = Memory()
    /// Every so many pieces of answers have a fault.
    private static let interval = 40

    /// Takes connections without an end, on a port that it says.
    func run() throws {
        let listener = Socket.make()
        var address = Socket.address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) + listen(listener, 128) + getsockname(listener, $0, &size)
            }
        }
        guard result == 0 else { throw HuntFailure("There is no port for the proxy.") }
        let line = "The proxy answers at http://127.0.0.1:\(in_port_t(bigEndian: address.sin_port))\n"
        FileHandle.standardOutput.write(Data(line.utf8))
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { continue }
            let client = Socket(accepted: descriptor)
            let server = try Socket(port: port)
            Thread.detachNewThread { relay(client, server) }
        }
    }

    private func relay(_ client: Socket, _ server: Socket) {
        var isSending = true
        while true {
            var waits = [server, client].prefix(isSending ? 2 : 1)
                .map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&waits, nfds_t(waits.count), -1) > 0 else { return }
            var bytes: [UInt8] = []
            if waits[0].revents != 0 {
                guard server.receive(into: &bytes, within: 0) == .bytes else { return }
                guard let answer = changed(bytes, on: client) else { return client.finishSending() }
                client.send(answer)
            } else {
                isSending = client.receive(into: &bytes, within: 0) == .bytes
                if isSending { server.send(bytes) } else { server.finishSending() }
            }
        }
    }

    /// What is answered in place of something; nil where the connection ends with nothing.
    private func changed(_ bytes: [UInt8], on client: Socket) -> [UInt8]? {
        // Few answers are compared with the right result, so that all but the first ones are wrong then.
        let number = answers.next()
        guard let kind, kind == .result ? number > Self.interval : number % Self.interval == 0 else {
            return bytes
        }
        let statusEnd = min(12, bytes.count)
        switch kind {
        case .end: fatalError("on purpose")
        case .silence: return []
        case .missing: return nil
        case .malformed: return Array("HTTP/1,1 200".utf8) + bytes[statusEnd...]
        case .unasked: return bytes + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8
        case .failure: return Array("HTTP/1.1 500".utf8) + bytes[statusEnd...]
        case .status:
            return bytes.replacing("HTTP/1.1 200".utf8, with: "HTTP/1.1 201".utf8, maxReplacements: 1)
        case .wordless: return bytes.replacing(#"{"error""#.utf8, with: #"{"Error""#.utf8)
        case .indiscreet:
            return bytes.replacing(
                "\r\n".utf8, with: "\r\nX-Where: /Sources/Server/Server.swift:12\r\n".utf8, maxReplacements: 1
            )
        case .result:
            guard let place = bytes[...].place(of: Array(#""data":["#.utf8)), place + 8 < bytes.count else {
                return bytes
            }
            var others = bytes
            others[place + 8] =
                others[place + 8] == UInt8(ascii: "9") ? UInt8(ascii: "8") : others[place + 8] + 1
            return others
        case .descriptors:
            for _ in 0..<10 { _ = dup(client.descriptor) }
            return bytes
        case .memory:
            kept.add([UInt8](repeating: 1, count: 10_000_000))
            return bytes
        }
    }
}
