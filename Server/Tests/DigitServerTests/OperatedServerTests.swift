import Foundation
import Testing

/// The server as the program runs it, over connections: tokens, compression, traces and what browsers are told.
@Suite struct OperatedServerTests {
    private let path = "/v2/models/tiny/infer"
    private let json = Array(TestImages.request(TestImages.images(1)).utf8)

    /// Puts bytes through the program gzip.
    private func gzip(_ argument: String, _ bytes: [UInt8]) throws -> [UInt8] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", argument]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // It has all of what it reads before it fills a pipe.
        Thread.detachNewThread {
            try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
            try? input.fileHandleForWriting.close()
        }
        let result = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](result)
    }

    @Test func tokenIsNeeded() async throws {
        try await TestTokens.withFile { file in
            try await TestServer.run(arguments: ["--tokens", file]) { server in
                func answer(_ path: String, _ authorization: String?) throws -> HTTPAnswer {
                    try server.send("GET", path, headers: authorization.map { ["Authorization": $0] } ?? [:])
                }
                let missing = try answer("/v2/models", nil)
                #expect(missing.status == 401 && missing.error.contains("needs a token"))
                #expect(missing.headers["www-authenticate"] == #"Bearer realm="digits""#)
                for wrong in [
                    "Bearer digits_other", "Bearer", "Bearer ", "Basic \(TestTokens.token)", TestTokens.token,
                ] {
                    let refused = try answer("/v2/models", wrong)
                    #expect(refused.status == 401 && refused.error.contains("not one that"), "\(wrong)")
                    #expect(refused.headers["www-authenticate"]?.contains("invalid_token") == true)
                }
                for right in ["Bearer \(TestTokens.token)", "bearer  \(TestTokens.token) "] {
                    #expect(try answer("/v2/models", right).status == 200, "\(right)")
                }
                for open in ["/", "/page/page.js", "/v2/health/live", "/v2/health/ready"] {
                    #expect(try answer(open, nil).status == 200, "\(open)")
                }
                #expect(try answer("/nowhere", nil).status == 401)
                #expect(try server.send("POST", path, body: json).status == 401)
                let computed = try server.send(
                    "POST", path, headers: ["Authorization": "Bearer \(TestTokens.token)"], body: json)
                #expect(computed.status == 200 && computed.probabilities.count == 10)
            }
        }
    }

    @Test func bodiesAreCompressedBothWays() async throws {
        try await TestServer.run(arguments: []) { server in
            let plain = try server.send("POST", path, body: json)
            let sent = try server.send(
                "POST", path, headers: ["Content-Encoding": "gzip"], body: try gzip("-c", json))
            #expect(sent.status == 200 && sent.probabilities == plain.probabilities)
            let damaged = try server.send("POST", path, headers: ["Content-Encoding": "gzip"], body: json)
            #expect(damaged.status == 400)
            #expect(
                try server.send("POST", path, headers: ["Content-Encoding": "br"], body: json).status == 415)

            let whole = try server.get("/openapi.json")
            let small = try server.send("GET", "/openapi.json", headers: ["Accept-Encoding": "gzip"])
            #expect(whole.headers["content-encoding"] == nil)
            #expect(small.headers["content-encoding"] == "gzip" && small.body.count < whole.body.count / 3)
            #expect(try gzip("-dc", small.body) == whole.body)
        }
    }

    @Test func requestsKeepTheirName() async throws {
        try await TestServer.run(arguments: []) { server in
            for path in ["/v2", "/nowhere"] {
                let answer = try server.send("GET", path, headers: ["X-Request-ID": "mine-1"])
                #expect(answer.headers["x-request-id"] == "mine-1", "\(path)")
            }
            let made = try server.send("GET", "/v2", headers: ["X-Request-ID": "a b"])
            let name = try #require(made.headers["x-request-id"])
            #expect(name != "a b" && !name.isEmpty)
        }
    }

    @Test func everyAnswerIsHardened() async throws {
        try await TestTokens.withFile { file in
            try await TestServer.run(arguments: ["--tokens", file]) { server in
                for (path, token, status) in [
                    ("/v2", TestTokens.token, 200), ("/nowhere", TestTokens.token, 404),
                    ("/v2", "other", 401),
                ] {
                    let answer = try server.send("GET", path, headers: ["Authorization": "Bearer \(token)"])
                    #expect(answer.status == status)
                    #expect(answer.headers["x-content-type-options"] == "nosniff", "\(status)")
                    #expect(answer.headers["referrer-policy"] == "no-referrer", "\(status)")
                    #expect(answer.headers["cross-origin-resource-policy"] == "same-origin", "\(status)")
                    #expect(
                        answer.headers["content-security-policy"]
                            == "default-src 'none'; frame-ancestors 'none'", "\(status)")
                    #expect(answer.headers["server"] == nil && !(status > 200 && answer.error.isEmpty))
                }
            }
        }
    }

    /// The question of a browser beforehand has no token.
    @Test func pagesOfNamedOriginsMayAsk() async throws {
        try await TestTokens.withFile { file in
            let arguments = ["--tokens", file, "--allow-origin", "https://example.org"]
            try await TestServer.run(arguments: arguments) { server in
                func question(_ origin: String) throws -> HTTPAnswer {
                    try server.send(
                        "OPTIONS", path,
                        headers: [
                            "Origin": origin, "Access-Control-Request-Method": "POST",
                            "Access-Control-Request-Headers": "authorization",
                        ])
                }
                let allowed = try question("https://example.org")
                #expect(allowed.status == 204)
                #expect(allowed.headers["access-control-allow-origin"] == "https://example.org")
                #expect(allowed.headers["access-control-allow-methods"]?.contains("POST") == true)
                #expect(allowed.headers["access-control-allow-headers"]?.contains("Authorization") == true)
                #expect(try question("https://example.com").headers["access-control-allow-origin"] == nil)

                func answer(_ origin: String) throws -> HTTPAnswer {
                    let headers = ["Origin": origin, "Authorization": "Bearer \(TestTokens.token)"]
                    return try server.send("POST", path, headers: headers, body: json)
                }
                let taken = try answer("https://example.org")
                #expect(taken.status == 200)
                #expect(taken.headers["access-control-allow-origin"] == "https://example.org")
                #expect(try answer("https://example.com").status == 403)
            }
        }
    }
}
