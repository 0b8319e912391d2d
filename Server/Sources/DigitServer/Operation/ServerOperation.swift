import HTTPMiddleware
public import Hummingbird
public import HummingbirdCore
public import Logging
public import PrometheusMetrics
public import ServiceLifecycle

/// What stands around the service of a server: TLS, tokens, compression, traces, metrics.
///
/// ```swift
/// let operation = try ServerOperation(configuration, metrics: metrics, logger: logger)
/// let server = try DigitServer(
///     configuration.service, logger: logger, server: operation.server,
///     extend: { router, _ in operation.add(to: router) })
/// ```
public struct ServerOperation: Sendable {
    /// Services that read files again when they change; they run as long as the server.
    public let services: [any Service]

    private let settings: OperationSettings
    /// Whether only this machine reaches the server.
    private let isLocal: Bool
    private let bodyLimit: Int
    /// What needs no token: whether the server lives, and the page, which can do nothing without one.
    private let openPaths: Set<String>
    private let certificate: ReloadedValue<ServerCertificate>?
    private let tokens: ReloadedValue<AccessTokens>?
    private let metrics: PrometheusMetricsFactory?

    /// Reads the certificate and the tokens.
    ///
    /// - Parameters:
    ///   - configuration: the program's configuration.
    ///   - metrics: what `/metrics` tells; without it there is none.
    ///   - logger: is told when files were read again or cannot be used.
    /// - Throws: `ServerCertificateError` or `AccessTokenError` for files that cannot be used.
    public init(
        _ configuration: ServerConfiguration, metrics: PrometheusMetricsFactory?, logger: Logger
    ) throws {
        settings = configuration.operation
        isLocal = Origin.isLocal(host: configuration.service.host)
        bodyLimit = configuration.service.limits.bodyByteCount
        let page = configuration.service.servesPage ? PageAsset.all.map { "/" + $0.path } : []
        openPaths = Set(["/v2/health/live", "/v2/health/ready"] + page)
        self.metrics = settings.hasMetrics ? metrics : nil
        if let certificatePath = settings.certificatePath, let keyPath = settings.keyPath {
            certificate = try ReloadedValue(paths: [certificatePath, keyPath], logger: logger) {
                try ServerCertificate(certificatePath: certificatePath, keyPath: keyPath)
            }
        } else {
            certificate = nil
        }
        tokens = try settings.tokensPath.map { path in
            try ReloadedValue(paths: [path], logger: logger) { try AccessTokens(contentsOfFile: path) }
        }
        services = [certificate as (any Service)?, tokens].compactMap { $0 }
    }

    /// The server of HTTP, behind TLS if there is a certificate.
    ///
    /// - Parameter configuration: how its connections are.
    /// - Throws: what NIOSSL throws where TLS cannot be set up.
    public func server(_ configuration: HTTP1Channel.Configuration) throws -> HTTPServerBuilder {
        let server = HTTPServerBuilder.http1(configuration: configuration)
        guard let certificate else { return server }
        return try ServerCertificate.server(server, certificate: certificate)
    }

    /// Adds all that stands before the routes, from outside to inside, and `/metrics`.
    ///
    /// - Parameter router: a router that has no routes yet: what comes before is not covered.
    public func add<Context: RequestContext>(to router: Router<Context>) {
        router.add(middleware: RequestTracing())
        router.add(middleware: SecurityHeaders(isSharedAcrossOrigins: !settings.allowedOrigins.isEmpty))
        router.add(middleware: ResponseCompression())
        router.add(middleware: ErrorResponses())
        router.add(
            middleware: CrossOriginRequests(
                allowedOrigins: settings.allowedOrigins, isLocal: isLocal))
        if let tokens {
            router.add(
                middleware: BearerAuthentication(
                    openPaths: openPaths, tokens: { tokens.current }))
        }
        router.add(middleware: RequestDecompression(limit: bodyLimit))
        if let metrics {
            MetricsRoute(metrics: metrics).add(to: router)
        }
    }
}
