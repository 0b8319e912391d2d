import DigitServer
import HTTPMiddleware
import Logging
import Metrics
import NIOCore
import PrometheusMetrics
import ServiceLifecycle
import StructuredLogging
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `digits-server` itself: it serves until a signal ends it.
struct ServeCommand {
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let metrics: PrometheusMetricsFactory?
    private let operation: ServerOperation

    /// Reads the certificate and the tokens.
    /// - Throws: what is wrong with them, in a sentence.
    init(_ configuration: ServerConfiguration) throws {
        self.configuration = configuration
        let output = LogOutput(descriptor: STDERR_FILENO)
        let settings = configuration.operation
        logger = Logger(label: "digits-server") { label in
            LineLogHandler(label: label, format: settings.logFormat, level: settings.logLevel, output: output)
        }
        metrics = settings.hasMetrics ? PrometheusMetricsFactory() : nil
        operation = try ServerOperation(configuration, metrics: metrics, logger: logger)
    }

    /// Loads the models and serves them.
    /// - Throws: `CommandFailure` with what is wrong, in a sentence.
    func run() async throws(CommandFailure) {
        if let metrics { MetricsSystem.bootstrap(metrics) }
        DescriptorLimit.raise(for: configuration.service.limits.connections, logger)
        do {
            let server = try makeServer()
            // Services end from the last to the first: the server before what it reads.
            let group = ServiceGroup(services: operation.services + [server], logger: logger)
            let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
            let watch = Task { await Signals.obey(signals, group) }
            defer { watch.cancel() }
            try await group.run()
        } catch let error as IOError {
            let service = configuration.service
            throw CommandFailure(
                reason: "No connections can be accepted on \(service.host), port \(service.port) (\(error)). "
                    + "Give another --port, or end the program that has it.")
        } catch {
            throw CommandFailure(reason: "\(error)")
        }
    }

    /// Loads the models, too, and ends: whether all of it is good.
    /// - Throws: `CommandFailure` with what is wrong, in a sentence.
    func check() throws(CommandFailure) {
        do {
            _ = try makeServer()
        } catch {
            throw CommandFailure(reason: "\(error)")
        }
    }

    private func makeServer() throws -> DigitServer {
        let hasCertificate = configuration.operation.certificatePath != nil
        warnOfOpenAddress()
        return try DigitServer(
            configuration.service, logger: logger, server: operation.server,
            extend: { router, _ in operation.add(to: router) },
            onReady: { address in
                guard let address else { return }
                Console.tell(
                    "digits-server answers at \(ServerAddress(address, isSecure: hasCertificate).url)")
            })
    }

    private func warnOfOpenAddress() {
        let (host, settings) = (configuration.service.host, configuration.operation)
        let isLocal = Origin.isLocal(host: host)
        if !isLocal, settings.tokensPath == nil {
            logger.warning(
                "Anybody who reaches this address may ask: give --tokens, or let a proxy decide.",
                metadata: ["host": .string(host)])
        } else if !isLocal, settings.certificatePath == nil {
            logger.warning(
                "Tokens travel in the clear: give --tls-certificate and --tls-key, or let a proxy speak TLS.",
                metadata: ["host": .string(host)])
        }
    }
}
