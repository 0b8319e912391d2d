#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A connection on which any bytes can be sent, and ended in any way.
final class Socket: Sendable {
    /// What is received next.
    enum News: Equatable {
        case bytes
        /// The other side has ended the connection, or reset it.
        case end
        case silence
    }

    let descriptor: Int32

    /// Connects to a port of this machine.
    init(port: Int) throws {
        descriptor = Self.make()
        var address = Self.address(port: port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw HuntFailure("There is no connection to port \(port): \(String(cString: strerror(errno))).")
        }
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    /// One that somebody has accepted.
    init(accepted descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Sends all of it.
    /// - Returns: Whether the other side took it.
    @discardableResult
    func send(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                platformSend(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more is sent; answers can still come.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Lets the connection end with a reset, when it is let go.
    func resetAtEnd() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Appends what comes.
    func receive(into buffer: inout [UInt8], within seconds: Double) -> News {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, Int32(seconds * 1000)) > 0 else { return .silence }
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { bytes in
            let count = recv(descriptor, bytes.baseAddress, bytes.count, 0)
            if count > 0 { buffer.append(contentsOf: bytes[..<count]) }
            return count
        }
        return count > 0 ? .bytes : .end
    }

    /// A new socket of this machine's.
    static func make() -> Int32 {
        #if canImport(Darwin)
            socket(AF_INET, SOCK_STREAM, 0)
        #else
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    /// This machine's address that nobody else reaches.
    static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }
}

/// The system's function, which the method would hide.
private func platformSend(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ flags: Int32
) -> Int {
    send(descriptor, bytes, count, flags)
}
