/// Where a page is from, as browsers tell it: a scheme, a host, perhaps a port, and nothing behind.
///
/// Source: RFC 6454, section 6.2.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// The origin as browsers write it: `https://example.org`, `http://localhost:3000`.
    public let description: String
    private let host: Substring

    /// An origin.
    ///
    /// - Parameter text: `http://` or `https://`, a host in lower case, perhaps a colon and a port.
    /// - Returns: `nil` for other text, such as `*`, `null` or an address with a path.
    public init?(_ text: String) {
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return nil }
        host = text.dropFirst(scheme.count)
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        description = text
    }

    /// Whether it is this machine by a name that no name server gives out: a page of another site can have its own name lead here.
    package var isLocal: Bool {
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        return Self.isLocal(host: String(name))
    }

    /// Whether a host is this machine, by name or address.
    public static func isLocal(host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || host == "::1"
            || numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0 != nil }
    }

    /// Whether a request to this authority (host and port) comes from a page of the same server.
    func isSame(as authority: String?) -> Bool {
        authority.map { host == $0.lowercased() } ?? false
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: ".-:[]".utf8.contains(byte)
        }
    }
}
