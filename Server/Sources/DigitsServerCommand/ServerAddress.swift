import NIOCore

/// Where a server answers.
struct ServerAddress {
    /// The address as people and clients write it.
    let url: String

    /// - Parameter isSecure: whether it speaks TLS.
    init(_ address: SocketAddress, isSecure: Bool) {
        let host = address.ipAddress ?? "localhost"
        url =
            (isSecure ? "https://" : "http://") + (host.contains(":") ? "[\(host)]" : host)
            + ":\(address.port ?? 0)"
    }
}
