#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A connection that is kept, to a server on this machine. It waits for each answer.
struct Connection: ~Copyable {
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    /// Whether the server has said that it takes no other request on it.
    private(set) var isLast = false

    /// A connection; nil if there is none to have.
    init?(port: UInt16) {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var isOn: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<CInt>.size))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and takes its answer.
    /// - Returns: The answer's status; nil if the connection ended before it was whole.
    mutating func ask(_ request: [UInt8]) -> Int? {
        guard send(descriptor, request, request.count, CInt(MSG_NOSIGNAL)) == request.count else {
            return nil
        }
        buffer.removeAll(keepingCapacity: true)
        var end: Int?
        while end == nil {
            guard receive() else { return nil }
            end = Self.endOfHead(buffer)
        }
        guard let end else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).lowercased().split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length:") }
            .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
        guard let length else { return nil }
        while buffer.count < end + length { guard receive() else { return nil } }
        isLast = lines.contains("connection: close")
        return lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    private mutating func receive() -> Bool {
        let part = [UInt8](unsafeUninitializedCapacity: 65_536) { bytes, count in
            count = max(recv(descriptor, bytes.baseAddress, bytes.count, 0), 0)
        }
        buffer += part
        return !part.isEmpty
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for place in 0...bytes.count - 4 where bytes[place..<place + 4].elementsEqual([13, 10, 13, 10]) {
            return place + 4
        }
        return nil
    }
}
