import DigitServer
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A real server on a free port, which ends with the test.
struct TestServer {
    let port: Int
    /// What it serves with.
    let service: DigitService

    /// What is told of an address as soon as connections are accepted.
    private typealias Notice = @Sendable (SocketAddress?) async -> Void

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs something while a server answers.
    static func run(
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await run(extend: { _, _ in }, change, body)
    }

    /// Runs something while a server answers that has further middleware or routes.
    static func run(
        extend: (Router<ServerContext>, DigitService) throws -> Void,
        _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.port = 0
        change(&settings)
        try await run(body) { notice in
            (try DigitServer(settings, logger: logger, extend: extend, onReady: notice), [])
        }
    }

    /// Runs something while a server answers that is put together as the program is from its command line.
    static func run(
        arguments: [String], _ body: (TestServer) async throws -> Void
    ) async throws {
        let configuration = try ServerConfiguration(arguments: arguments + ["--port", "0"], environment: [:])
        let operation = try ServerOperation(configuration, metrics: nil, logger: logger)
        try await run(body) { notice in
            let server = try DigitServer(
                configuration.service, logger: logger, server: operation.server,
                extend: { router, _ in operation.add(to: router) }, onReady: notice)
            return (server, operation.services)
        }
    }

    private static func run(
        _ body: (TestServer) async throws -> Void,
        make: (@escaping Notice) throws -> (server: DigitServer, others: [any Service])
    ) async throws {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let (server, others) = try make { address in continuation.yield(address?.port ?? 0) }
        let group = ServiceGroup(services: others + [server], logger: logger)
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
