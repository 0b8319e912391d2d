import NIOCore

/// Where a server answers.
struct ServerAddress {
    /// The address as people and clients write it.
    let url: String

    init(_ address: SocketAddress) {
        let host = address.ipAddress ?? "localhost"
        url = "http://" + (host.contains(":") ? "[\(host)]" : host) + ":\(address.port ?? 0)"
    }
}
