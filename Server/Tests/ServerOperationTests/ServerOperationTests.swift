import DigitServer
import Foundation
import HTTPMiddleware
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import PrometheusMetrics
import Testing

/// All that stands around the service, together.
@Suite struct ServerOperationTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func application(
        _ configuration: ServerConfiguration = ServerConfiguration(), metrics: PrometheusMetricsFactory? = nil
    ) throws -> some ApplicationProtocol {
        let router = Router()
        let operation = try ServerOperation(configuration, metrics: metrics, logger: logger)
        operation.add(to: router)
        router.get("v2/health/live") { _, _ in HTTPResponse.Status.ok }
        router.post("length") { request, _ in
            "\(try await request.body.collect(upTo: 1 << 20).readableBytes)"
        }
        router.get("long") { _, _ in String(repeating: "x", count: 5000) }
        return Application(router: router)
    }

    @Test func everyAnswerIsTracedAndHardened() async throws {
        try await application().test(.router) { client in
            for path in ["/long", "/nothing", "/v2/health/live"] {
                try await client.execute(uri: path, method: .get) {
                    #expect($0.headers[.traceparent] != nil && $0.headers[.requestID] != nil, "\(path)")
                    #expect(
                        $0.headers[.xContentTypeOptions] == "nosniff"
                            && $0.headers[.contentSecurityPolicy] != nil)
                }
            }
            try await client.execute(uri: "/long", method: .get, headers: [.acceptEncoding: "gzip"]) {
                #expect($0.headers[.contentEncoding] == "gzip" && $0.body.readableBytes < 500)
            }
        }
    }

    @Test func withoutATokenNothingIsReadOrTold() async throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "tokens-\(UInt64.random(in: 0 ... .max))"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let token = try AccessToken(name: "alice")
        try token.line.write(toFile: path, atomically: true, encoding: .utf8)
        var configuration = ServerConfiguration()
        configuration.operation.tokensPath = path
        let metrics = PrometheusMetricsFactory()
        try await application(configuration, metrics: metrics).test(.router) { client in
            let damaged = ByteBuffer(string: "no gzip")
            try await client.execute(
                uri: "/length", method: .post, headers: [.contentEncoding: "gzip"], body: damaged
            ) {
                #expect($0.status == .unauthorized && $0.headers[.wwwAuthenticate] != nil)
            }
            try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .unauthorized) }
            try await client.execute(uri: "/v2/health/live", method: .get) { #expect($0.status == .ok) }
            let authorization: HTTPFields = [.authorization: "Bearer \(token.token)"]
            try await client.execute(uri: "/metrics", method: .get, headers: authorization) {
                #expect($0.status == .ok && $0.headers[.contentType] == PrometheusMetricsFactory.contentType)
                #expect(String(buffer: $0.body).contains("process_resident_memory_bytes"))
            }
        }
    }

    @Test func aFileThatCannotBeUsedStopsTheStart() {
        var configuration = ServerConfiguration()
        configuration.operation.tokensPath = "/none"
        #expect(throws: AccessTokenError.unreadable(path: "/none")) {
            try ServerOperation(configuration, metrics: nil, logger: logger)
        }
        configuration = ServerConfiguration()
        configuration.operation.certificatePath = "/none"
        configuration.operation.keyPath = "/none"
        #expect(throws: ServerCertificateError.certificate(path: "/none")) {
            try ServerOperation(configuration, metrics: nil, logger: logger)
        }
    }

    @Test func withoutMetricsThereIsNoRouteOfThem() async throws {
        var configuration = ServerConfiguration()
        configuration.operation.hasMetrics = false
        try await application(configuration, metrics: PrometheusMetricsFactory()).test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test func theLimitOfBodiesHoldsForDecompressedOnes() async throws {
        var configuration = ServerConfiguration()
        configuration.service.limits.bodyByteCount = 1000
        try await application(configuration).test(.router) { client in
            try await client.execute(
                uri: "/length", method: .post, headers: [.contentEncoding: "deflate"], body: Self.zeros
            ) {
                #expect($0.status == .contentTooLarge)
            }
        }
    }

    /// 2,000 zeros, from Python's `zlib.compress(bytes(2000), 9)`.
    private static let zeros = ByteBuffer(bytes: [
        0x78, 0xDA, 0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x8C, 0x82, 0x51, 0x30, 0x0A, 0x46, 0xC1, 0x50,
        0x07, 0x00, 0x07,
        0xD0, 0x00, 0x01,
    ])
}
