import NIOCore
import Synchronization

/// Who asks on a connection, as far as it matters to what is computed for them.
final class Client: Sendable {
    private let hasGone = Atomic(false)

    /// Whether they have closed the connection, so that nobody takes an answer.
    var isGone: Bool { hasGone.load(ordering: .relaxed) }
    /// They have closed the connection.
    func leave() { hasGone.store(true, ordering: .relaxed) }
}

/// The clients of the connections that are open. Hummingbird tells a request's context its channel and nothing else, so they are found
/// by it.
final class ClientTable: Sendable {
    /// That of the process: channels are unique in it.
    static let shared = ClientTable()

    private let clients = Mutex<[ObjectIdentifier: Client]>([:])

    /// The client of a channel.
    func client(of channel: any Channel) -> Client? {
        clients.withLock { $0[ObjectIdentifier(channel)] }
    }

    func insert(_ client: Client, of channel: any Channel) {
        clients.withLock { $0[ObjectIdentifier(channel)] = client }
    }

    func remove(_ channel: any Channel) {
        clients.withLock { $0[ObjectIdentifier(channel)] = nil }
    }
}
