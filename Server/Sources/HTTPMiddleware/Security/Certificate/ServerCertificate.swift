public import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL

/// A certificate with its chain and its private key, as a server shows them.
public struct ServerCertificate: Sendable {
    private let chain: [NIOSSLCertificateSource]
    private let key: NIOSSLPrivateKeySource

    /// Reads a certificate.
    ///
    /// - Parameters:
    ///   - certificatePath: a PEM file with the server's certificate first and what signed it behind.
    ///   - keyPath: a PEM file with the private key, without a passphrase.
    /// - Throws: ``ServerCertificateError`` if a file cannot be used or the two do not belong together.
    public init(certificatePath: String, keyPath: String) throws(ServerCertificateError) {
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificatePath).map { .certificate($0) }
        } catch {
            throw .certificate(path: certificatePath)
        }
        guard !chain.isEmpty else { throw .certificate(path: certificatePath) }
        do {
            key = .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem))
        } catch {
            throw .key(path: keyPath)
        }
        do {
            // A context refuses a key that is not the certificate's.
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .mismatch(certificatePath: certificatePath, keyPath: keyPath)
        }
    }

    /// TLS 1.2 and newer with this certificate.
    private var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }

    /// A server that speaks TLS and shows, at each new connection, the certificate that is current then.
    ///
    /// - Parameters:
    ///   - server: the server inside.
    ///   - certificate: the certificate, read again when its files change.
    /// - Returns: a server for `Application(router:server:…)`.
    /// - Throws: what NIOSSL throws where it cannot be set up.
    public static func server(
        _ server: HTTPServerBuilder = .http1(), certificate: ReloadedValue<ServerCertificate>
    ) throws -> HTTPServerBuilder {
        var configuration = certificate.current.configuration
        configuration.sslContextCallback = { _, promise in
            let current = certificate.current
            var override = NIOSSLContextConfigurationOverride()
            override.certificateChain = current.chain
            override.privateKey = current.key
            promise.succeed(override)
        }
        return try .tls(server, tlsConfiguration: configuration)
    }
}
