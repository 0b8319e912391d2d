import DigitServer
import Logging
import NIOCore
import ServiceLifecycle

/// A real server on a free port, which ends with the test.
struct TestServer {
    let port: Int
    /// What it serves with.
    let service: DigitService

    /// Runs something while a server answers.
    static func run(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.port = 0
        change(&settings)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = try DigitServer(
            settings, logger: logger, onReady: { address in continuation.yield(address?.port ?? 0) })
        let group = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            if let port = await ports.first(where: { _ in true }) {
                do {
                    try await withTaskExecutorPreference(BlockingThreads.shared) {
                        try await body(TestServer(port: port, service: server.service))
                    }
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    /// Sends a request on a connection of its own.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> HTTPAnswer {
        let connection = try TestConnection(port: port)
        return try connection.send(method, path, headers: headers, body: body)
    }

    /// Sends a request with a body of text.
    func post(_ path: String, _ json: String, headers: [String: String] = [:]) throws -> HTTPAnswer {
        try send("POST", path, headers: headers, body: Array(json.utf8))
    }

    /// Asks for something.
    func get(_ path: String) throws -> HTTPAnswer { try send("GET", path) }
}
