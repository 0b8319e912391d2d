import Foundation
import HTTPMiddleware
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOSSL
import Synchronization
import Testing

/// A server with TLS, and certificates made by the program openssl.
@Suite struct TLSTests {
    /// A folder with a certificate of its own and its key.
    private struct Certificate {
        let folder: URL
        var certificate: String { folder.appending(path: "certificate.pem").path }
        var key: String { folder.appending(path: "key.pem").path }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(
                path: "tls-\(UInt64.random(in: 0 ... .max))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try make()
        }

        /// Makes certificate and key anew.
        func make() throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days",
                "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                "-out", certificate,
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }

        func read() throws -> ServerCertificate {
            try ServerCertificate(certificatePath: certificate, keyPath: key)
        }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Asks a server that shows a certificate; whether it can be trusted is decided by `trusted` alone.
    private func ask(_ port: Int, trusting trusted: [NIOSSLCertificate]) async throws -> HTTPResponse.Status {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(trusted)
        return try await TestClient.withClient(
            host: "localhost", port: port,
            configuration: .init(
                tlsConfiguration: configuration, timeout: .seconds(5), serverName: "localhost")
        ) { try await $0.get("/").status }
    }

    @Test func aNewCertificateIsShownWithoutARestart() async throws {
        let files = try Certificate()
        defer { try? FileManager.default.removeItem(at: files.folder) }
        let certificate = try ReloadedValue(
            paths: [files.certificate, files.key], interval: .seconds(3600), logger: logger,
            load: { try files.read() })
        let router = Router()
        router.get { _, _ in HTTPResponse.Status.ok }
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, server: try ServerCertificate.server(certificate: certificate),
            configuration: ApplicationConfiguration(address: .hostname("localhost", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let running = Task { try await application.run() }
        defer { running.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())

        let first = try NIOSSLCertificate.fromPEMFile(files.certificate)
        #expect(try await ask(port, trusting: first) == .ok)

        try files.make()
        let second = try NIOSSLCertificate.fromPEMFile(files.certificate)
        await #expect(throws: (any Error).self) { try await ask(port, trusting: second) }
        certificate.reloadIfChanged()
        #expect(try await ask(port, trusting: second) == .ok)
        await #expect(throws: (any Error).self) { try await ask(port, trusting: first) }

        // A file that cannot be used changes nothing.
        try "nonsense".write(toFile: files.key, atomically: true, encoding: .utf8)
        certificate.reloadIfChanged()
        #expect(try await ask(port, trusting: second) == .ok)
    }

    @Test func badFilesAreTold() throws {
        let (files, others) = (try Certificate(), try Certificate())
        defer {
            try? FileManager.default.removeItem(at: files.folder)
            try? FileManager.default.removeItem(at: others.folder)
        }
        #expect(throws: ServerCertificateError.certificate(path: "/none")) {
            try ServerCertificate(certificatePath: "/none", keyPath: files.key)
        }
        #expect(throws: ServerCertificateError.certificate(path: files.key)) {
            try ServerCertificate(certificatePath: files.key, keyPath: files.key)
        }
        #expect(throws: ServerCertificateError.key(path: files.certificate)) {
            try ServerCertificate(certificatePath: files.certificate, keyPath: files.certificate)
        }
        #expect(
            throws: ServerCertificateError.mismatch(certificatePath: files.certificate, keyPath: others.key)
        ) {
            try ServerCertificate(certificatePath: files.certificate, keyPath: others.key)
        }
    }

    @Test func filesAreReadAgainOnlyWhenTheyChange() throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "value-\(UInt64.random(in: 0 ... .max))"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let count = Atomic(0)
        try "one".write(toFile: path, atomically: true, encoding: .utf8)
        let value = try ReloadedValue(paths: [path], logger: logger) {
            count.wrappingAdd(1, ordering: .relaxed)
            return try String(contentsOfFile: path, encoding: .utf8)
        }
        value.reloadIfChanged()
        #expect(value.current == "one" && count.load(ordering: .relaxed) == 1)
        try "two".write(toFile: path, atomically: true, encoding: .utf8)
        value.reloadIfChanged()
        #expect(value.current == "two" && count.load(ordering: .relaxed) == 2)
        try FileManager.default.removeItem(atPath: path)
        value.reloadIfChanged()
        value.reloadIfChanged()
        #expect(value.current == "two" && count.load(ordering: .relaxed) == 3)
    }
}
