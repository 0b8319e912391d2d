import Logging
import ServiceLifecycle
import Synchronization

/// Whether a server wants to be asked. It wants no more as soon as it is to stop.
package final class Readiness: Sendable {
    private let isStopping = Atomic(false)

    /// Whether new requests are welcome.
    var isReady: Bool { !isStopping.load(ordering: .relaxed) }
    /// Says that the server is about to stop.
    package func stop() { isStopping.store(true, ordering: .relaxed) }
}

/// Says that the server is not ready, and lets others see it before connections are refused. A group of services stops the last one
/// first, so this one comes last.
struct NoticeOfStop: Service {
    let readiness: Readiness
    let socket: ListeningSocket
    /// How long others have to see it.
    let notice: Duration
    let logger: Logger

    /// How long connections that have just begun have for their requests to come.
    private static let settling = Duration.milliseconds(100)
    /// How long it takes from the stop until connections are refused.
    var duration: Duration { notice + Self.settling }

    /// Waits for the stop.
    func run() async throws {
        try? await gracefulShutdown()
        readiness.stop()
        logger.info("Stopping: requests that are here are answered, others are refused")
        try? await Task.sleep(for: notice)
        await socket.refuseConnections()
        try? await Task.sleep(for: Self.settling)
    }
}

/// Ends the threads of a service when its group has stopped all that asks it. It comes first in its group.
struct EndOfWork: Service {
    let queue: InferenceQueue
    let pictures: BoundedPool

    /// Waits for the stop.
    func run() async throws {
        try? await gracefulShutdown()
        try await queue.stop()
        try await pictures.stop()
    }
}
