public import Hummingbird
public import HummingbirdCore
public import Logging
public import NIOCore
public import ServiceLifecycle

/// The server as it runs by itself: a `DigitService` behind HTTP 1.1, with limits of connections and time, and an orderly end.
///
/// ```swift
/// let server = try DigitServer(ServerSettings(), logger: logger)
/// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// When its group is to stop, it says that it is not ready, then takes no more connections, answers what is here, and ends.
public struct DigitServer: Service {
    /// What answers.
    public let service: DigitService
    private let application: Application<RouterResponder<ServerContext>>
    private let socket = ListeningSocket()
    private let logger: Logger

    /// Loads the models.
    /// - Parameters:
    ///   - server: Makes the server of HTTP with a configuration of its connections; one of TLS puts it behind that.
    ///   - extend: Adds middleware and further routes, before those of the service.
    ///   - onReady: Is told the address as soon as connections are accepted.
    /// - Throws: `ModelSettingsError` for models that cannot be served, and what `server` and `extend` throw.
    public init(
        _ settings: ServerSettings, logger: Logger,
        server: (HTTP1Channel.Configuration) throws -> HTTPServerBuilder = { .http1(configuration: $0) },
        extend: (Router<ServerContext>, DigitService) throws -> Void = { _, _ in },
        onReady: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
    ) throws {
        let service = try DigitService(settings, logger: logger)
        self.service = service
        self.logger = logger
        let router = Router(context: ServerContext.self)
        router.add(middleware: RequestMetrics())
        router.add(middleware: ErrorMiddleware())
        try extend(router, service)
        service.addRoutes(to: router)
        let (limits, times, readiness) = (settings.limits, settings.times, service.readiness)
        let connections = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionHandler(readiness: readiness, times: times, bodyLimit: limits.bodyByteCount)
            ],
            idleTimeout: TimeAmount(times.idle),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: limits.headerByteCount, maxHeaderListSize: limits.headerByteCount,
                maxHeaderFieldCount: limits.headerFieldCount))
        application = Application(
            responder: router.buildResponder(), server: try server(connections),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            services: service.services,
            onServerRunning: { [socket] channel in
                socket.open(channel)
                await onReady(channel.localAddress)
            }, logger: logger)
    }

    /// Accepts connections until the group is to stop.
    public func run() async throws {
        let notice = NoticeOfStop(
            readiness: service.readiness, socket: socket, notice: service.settings.times.notice,
            logger: logger)
        var configuration = ServiceGroupConfiguration(services: [application, notice], logger: logger)
        configuration.maximumGracefulShutdownDuration = notice.duration + service.settings.times.draining
        try await ServiceGroup(configuration: configuration).run()
    }
}
