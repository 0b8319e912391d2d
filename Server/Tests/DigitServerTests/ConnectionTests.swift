import DigitServer
import Foundation
import Hummingbird
import Testing

/// What connections may do besides one request after the other.
@Suite struct ConnectionTests {
    /// Lets each request wait, so that something else happens before it is answered.
    private struct Delay: RouterMiddleware {
        typealias Context = ServerContext

        func handle(
            _ request: Request, context: ServerContext,
            next: (Request, ServerContext) async throws -> Response
        ) async throws -> Response {
            try await Task.sleep(for: .milliseconds(400))
            return try await next(request, context)
        }
    }

    private func withDelay(
        receiving: Duration = .seconds(30), _ body: (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.run(
            extend: { router, _ in router.add(middleware: Delay()) }, { $0.times.receiving = receiving }, body
        )
    }

    private let head = "POST /v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"

    @Test func lastAnswersSaySo() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            for fields in [
                "Connection: close", "Connection: keep-alive, Close",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA",
            ] {
                let connection = try TestConnection(port: server.port)
                try connection.write(Array("GET /v2 HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n".utf8))
                let answer = try connection.answer()
                #expect(answer.status == 200 && answer.headers["connection"] == "close", "\(fields)")
                #expect(connection.isClosedByServer())
            }
        }
    }

    @Test func answersToHeadHaveNoBody() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            let connection = try TestConnection(port: server.port)
            for (path, status) in [("/nowhere", 404), ("/v2/models/none", 404), ("/v2", 200)] {
                try connection.write(
                    Array("HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\nGET /v2 HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
                #expect(try connection.answer(hasBody: false).status == status)
                #expect(try connection.answer().json["name"] as? String == "digits-server")
            }
        }
    }

    @Test func requestIsAnsweredOnce() async throws {
        try await TestServer.run { (server: TestServer) async throws in
            let connection = try TestConnection(port: server.port)
            let head = "POST /v2/nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            try connection.write(Array("\(head)1\r\na\r\n".utf8))
            #expect(try connection.answer().status == 404)
            try connection.write(Array("G\r\n".utf8))
            #expect(connection.isClosedByServer())
        }
    }

    /// As `nc -N` does.
    @Test func clientThatSendsNoMoreIsAnswered() async throws {
        let json = TestImages.request(TestImages.images(1))
        let picture = Array("no picture".utf8)
        try await withDelay { server in
            for (path, body, status) in [
                ("/v2/models/tiny/infer", Array(json.utf8), 200), ("/v1/read", picture, 400),
            ] {
                let connection = try TestConnection(port: server.port)
                let head = "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n"
                try connection.write(Array(head.utf8) + body)
                connection.endSending()
                #expect(try connection.answer().status == status, "\(path)")
                #expect(connection.isClosedByServer())
            }
        }
    }

    @Test func requestThatStallsIsRefusedAfterTheAnswerBeforeIt() async throws {
        try await withDelay(receiving: .milliseconds(100)) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(Array("GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n\(head)P5".utf8))
            #expect(try connection.answer().json["name"] as? String == "digits-server")
            #expect(try connection.answer().status == 408)
            #expect(connection.isClosedByServer())
        }
    }

    @Test func bodyOfALaterRequestHasItsTimeFromTheAnswerBeforeIt() async throws {
        try await withDelay(receiving: .milliseconds(250)) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(Array("GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n\(head)P5".utf8))
            #expect(try connection.answer().status == 200)
            try connection.write([UInt8](repeating: 0, count: 98))
            #expect(try connection.answer().status == 400)
        }
    }

    /// An answer that is given before the body is there is not followed by another one.
    @Test func bodyThatStallsAfterItsAnswerEndsTheConnection() async throws {
        try await TestServer.run({ $0.times.receiving = .milliseconds(200) }) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(
                Array("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nP5".utf8))
            #expect(try connection.answer().status == 404)
            #expect(connection.isClosedByServer())
        }
    }
}
