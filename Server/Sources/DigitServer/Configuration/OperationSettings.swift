public import HTTPMiddleware
public import Logging
public import StructuredLogging

/// How a server is operated: who may ask, over what, and what is told of it.
public struct OperationSettings: Sendable {
    /// The file of the certificate with its chain, in PEM form; nil for plain HTTP.
    public var certificatePath: String?
    /// The file of the certificate's private key, in PEM form.
    public var keyPath: String?
    /// The file of the tokens of which one is needed; nil if none is.
    public var tokensPath: String?
    /// Origins of other servers' pages that may ask.
    public var allowedOrigins: [Origin] = []
    /// Whether there is `/metrics`.
    public var hasMetrics = true
    /// Events below it are not logged.
    public var logLevel = Logger.Level.info
    /// How events are logged.
    public var logFormat = LogFormat.text

    /// The default settings: plain HTTP, no token, no other origins.
    public init() {}
}
