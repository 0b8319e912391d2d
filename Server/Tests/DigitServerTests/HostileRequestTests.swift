import DigitRecognition
import DigitServer
import Foundation
import Testing

/// What Documentation/Reliability.md says of requests and connections that mean no good.
@Suite struct HostileRequestTests {
    private static let good = "GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n"

    /// The status that bytes are answered with on a connection of their own, which the server ends.
    private func last(_ text: String, _ server: TestServer) throws -> Int {
        let connection = try TestConnection(port: server.port)
        try connection.write(Array(text.utf8))
        let answer = try connection.answer()
        #expect(connection.isClosedByServer(), "\(text.debugDescription)")
        return answer.status
    }

    /// Keeps connections that are answered, for so long.
    private func holdConnections(
        _ count: Int, of server: TestServer, for time: Duration
    ) throws -> Task<Void, any Error> {
        let held = try (0..<count).map { _ in try TestConnection(port: server.port) }
        for connection in held {
            try connection.write(Array(Self.good.utf8))
            #expect(try connection.answer().status == 200)
        }
        return Task {
            try await Task.sleep(for: time)
            withExtendedLifetime(held) {}
        }
    }

    @Test func whatIsNoRequestIsRefused() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            for line in [
                "GET", "GET /", "GET / HTTP/9.9", "GET / HTTP/2.0", "GET / http/1.1", "PRI * HTTP/2.0",
                "\u{16}\u{3}\u{1}\u{2}",
                "SSH-2.0-a", "G\u{0}T / HTTP/1.1",
            ] {
                #expect(try last("\(line)\r\nHost: a\r\n\r\n", server) == 400, "\(line.debugDescription)")
            }
            for field in ["X : a", "X: a\r\n b", "X: a\u{0}b", ": a", "X Y: a", "no colon"] {
                #expect(
                    try last("GET /v2 HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n", server) == 400,
                    "\(field.debugDescription)")
            }
            #expect(try server.get("/v2/health/live").status == 200)
        }
    }

    @Test func aLengthThatIsNoneIsRefused() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            for fields in [
                "Content-Length: -1", "Content-Length: +2", "Content-Length: 0x2", "Content-Length: 2, 2",
                "Content-Length: 18446744073709551616", "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked, gzip",
            ] {
                #expect(
                    try last("POST /v1/read HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\nP5", server) == 400,
                    "\(fields)")
            }
        }
    }

    @Test func aFloodOfFieldsIsRefused() async throws {
        try await TestServer.run({ $0.limits.headerFieldCount = 10 }) { (server: TestServer) async throws in
            func head(_ count: Int) -> String {
                "GET /v2 HTTP/1.1\r\nHost: a\r\n" + (0..<count).map { "X-\($0): a\r\n" }.joined() + "\r\n"
            }
            #expect(try last(head(11), server) == 400)
            let connection = try TestConnection(port: server.port)
            try connection.write(Array(head(9).utf8))
            #expect(try connection.answer().status == 200)
        }
    }

    @Test func aFloodOfTinyChunksIsABody() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            let body = TestImages.request(TestImages.images(1))
            let chunks = body.utf8.map { "1;a=b\r\n\(Character(UnicodeScalar($0)))\r\n" }.joined()
            let connection = try TestConnection(port: server.port)
            try connection.write(
                Array(
                    "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\nX-T: a\r\n\r\n"
                        .utf8))
            #expect(try connection.answer().status == 200)
            // What follows it is the next request.
            try connection.write(Array(Self.good.utf8))
            #expect(try connection.answer().status == 200)
        }
    }

    @Test func aHeadThatDripsIsClosed() async throws {
        try await TestServer.run({ $0.times.idle = .milliseconds(500) }) {
            (server: TestServer) async throws in
            let connection = try TestConnection(port: server.port)
            try connection.write(Array("GET /v2 HTTP/1.1\r\nHost: a\r\n".utf8))
            let start = ContinuousClock.now
            // Never idle for as long as that.
            while ContinuousClock.now - start < .seconds(10),
                (try? connection.write(Array("X: a\r\n".utf8))) != nil
            {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test func anAnswerThatNobodyTakesIsClosed() async throws {
        try await TestServer.run({ $0.times.sending = .milliseconds(200) }) {
            (server: TestServer) async throws in
            let images = TestImages.images(200)
            let more = #","outputs":[{"name":"probabilities","parameters":{"classification":10}}]"#
            let request = TestImages.request(images, datatype: "UINT8", more: more)
            let bytes = Array(
                "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: a\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)"
                    .utf8)
            let connection = try TestConnection(port: server.port)
            let start = ContinuousClock.now
            // Requests are taken no more when their answers are not, and then not even the connection stays.
            while ContinuousClock.now - start < .seconds(10), (try? connection.write(bytes)) != nil {}
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(try server.get("/v2/health/live").status == 200)
        }
    }

    @Test func connectionsBeyondTheLimitWait() async throws {
        try await TestServer.run({ $0.limits.connections = 2 }) { (server: TestServer) async throws in
            let start = ContinuousClock.now
            let holding = try holdConnections(2, of: server, for: .milliseconds(300))
            let waiting = try TestConnection(port: server.port)
            try waiting.write(Array(Self.good.utf8))
            #expect(try waiting.answer().status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            try await holding.value
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            let infer = TestImages.request(TestImages.images(2))
            let requests = [
                "POST /v2/models/accurate/infer HTTP/1.1\r\nHost: a\r\nContent-Length: \(infer.utf8.count)\r\n\r\n\(infer)",
                "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
                "PUT /v2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", Self.good,
            ]
            let connection = try TestConnection(port: server.port)
            try connection.write(Array(requests.joined().utf8))
            for status in [200, 404, 405, 200] { #expect(try connection.answer().status == status) }
        }
    }

    @Test func pathsThatLeaveTheirPlaceLeadNowhere() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            for path in [
                "/../../etc/passwd", "/v2/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                "/v2/models/..%2f..%2fetc/infer",
                "//etc/passwd", "/v1/models/../tiny", "/page.js/../../x",
            ] {
                let answer = try server.get(path)
                #expect([400, 404, 405].contains(answer.status), "\(path)")
                #expect(!answer.text.contains("root:"))
            }
        }
    }

    @Test func aRequestThatMayWaitNoLongerIsTold() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            let request = TestImages.request(TestImages.images(1), more: #","parameters":{"timeout":1}"#)
            let answer = try server.post("/v2/models/tiny/infer", request)
            #expect(answer.status == 504)
            #expect(!answer.error.isEmpty)
        }
    }

    @Test func picturesBeyondTheQueueAreToldToComeAgain() async throws {
        try await TestServer.run({
            $0.pictureWorkers = 1
            $0.limits.queuedPictures = 1
        }) { (server: TestServer) async throws in
            let picture = TestImages.pgm(
                Image(height: 1500, width: 1500, pixels: [UInt8](repeating: 200, count: 2_250_000)))
            let head = "POST /v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: \(picture.count)\r\n\r\n"
            let connections = try (0..<8).map { _ in try TestConnection(port: server.port) }
            for connection in connections { try connection.write(Array(head.utf8) + picture) }
            let answers = try connections.map { try $0.answer() }
            #expect(answers.contains { $0.status == 200 })
            let refused = answers.filter { $0.status != 200 }
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { $0.status == 429 && $0.headers["retry-after"] == "1" })
        }
    }
}
