import HTTPMiddleware
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@Suite struct SecurityTests {
    private func application(_ add: (Router<BasicRequestContext>) -> Void) -> some ApplicationProtocol {
        let router = Router()
        add(router)
        router.get("v2/health/live") { _, _ in HTTPResponse.Status.ok }
        router.get("secret") { _, context in "client \(context.logger[metadataKey: "client"] ?? "nobody")" }
        router.post("secret") { _, _ in "done" }
        router.get("host") { request, _ in request.head.authority ?? "" }
        router.get("page") { _, _ in
            Response(status: .ok, headers: [.contentSecurityPolicy: "default-src 'self'"])
        }
        router.get("fault") { _, _ -> Response in throw Fault() }
        return Application(router: router)
    }

    private struct Fault: Error, CustomStringConvertible {
        var description: String { "/etc/secret" }
    }

    // MARK: Tokens

    @Test func onlyAKnownTokenOpensARoute() async throws {
        let (alice, bob) = (try AccessToken(name: "alice"), try AccessToken(name: "bob"))
        let tokens = try AccessTokens(parsing: "# ours\n\n\(alice.line)\n\(bob.line)\n")
        let application = application {
            $0.add(middleware: ErrorResponses())
            $0.add(middleware: BearerAuthentication(openPaths: ["/v2/health/live"], tokens: { tokens }))
        }
        try await application.test(.router) { client in
            try await client.execute(uri: "/v2/health/live", method: .get) { #expect($0.status == .ok) }
            for scheme in ["Bearer", "bearer", "BEARER"] {
                try await client.execute(
                    uri: "/secret", method: .get, headers: [.authorization: "\(scheme) \(bob.token)"]
                ) {
                    #expect($0.status == .ok && String(buffer: $0.body) == "client bob")
                }
            }
            try await client.execute(uri: "/secret", method: .get) {
                #expect(
                    $0.status == .unauthorized && $0.headers[.wwwAuthenticate] == "Bearer realm=\"digits\"")
                #expect(String(buffer: $0.body).hasPrefix("{\"error\":\""))
            }
            for wrong in [
                "Bearer", "Bearer ", "Bearer x", "Basic \(bob.token)", bob.token, "Bearer \(bob.token)x",
                "Bearer \(bob.token.dropLast())", "Bearer \(TokenDigest(of: bob.token).hexadecimal)",
            ] {
                try await client.execute(uri: "/secret", method: .get, headers: [.authorization: wrong]) {
                    #expect($0.status == .unauthorized, "\(wrong)")
                    #expect($0.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
                }
            }
            for path in [
                "/v2/health/live/", "/v2/health/../../secret", "/v2/health/live?x", "//v2/health/live",
            ] {
                let status = try await client.execute(uri: path, method: .get) { $0.status }
                #expect(status == .unauthorized || path.hasSuffix("?x"), "\(path)")
            }
        }
    }

    @Test func tokensAreLongRandomAndKeptAsDigests() throws {
        let tokens = try (0..<100).map { _ in try AccessToken(name: "n") }
        #expect(Set(tokens.map(\.token)).count == 100)
        #expect(tokens.allSatisfy { $0.token.hasPrefix("digits_") && $0.token.count == 7 + 43 })
        #expect(tokens.allSatisfy { !$0.line.contains($0.token) })
        // NIST's example for SHA-256 of "abc", FIPS 180-4.
        #expect(
            TokenDigest(of: "abc").hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func badTokensFilesAreRefusedWithTheirLine() throws {
        let digest = String(repeating: "0a", count: 32)
        let faults: [(String, AccessTokenError)] = [
            ("", .empty), ("# nothing\n", .empty), ("a \(digest)\nb", .line(2)),
            ("a \(digest.dropLast())", .line(1)),
            ("a \(digest)0", .line(1)), ("a \(digest.dropLast())g", .line(1)), ("a b \(digest)", .line(1)),
            ("ä \(digest)", .line(1)), ("a \(digest)\n\na \(digest)", .repeatedName("a", line: 3)),
            ("a \(digest.dropLast())٣", .line(1)),
        ]
        for (text, fault) in faults {
            #expect(throws: fault, "\(text)") { try AccessTokens(parsing: text) }
        }
        #expect(throws: AccessTokenError.name("a b")) { try AccessToken(name: "a b") }
        #expect(throws: AccessTokenError.name("")) { try AccessToken(name: "") }
    }

    // MARK: Header fields and errors

    @Test func everyAnswerHasTheFieldsAndNoServerVersion() async throws {
        let application = application {
            $0.add(middleware: SecurityHeaders(isSharedAcrossOrigins: false))
            $0.add(middleware: ErrorResponses())
        }
        try await application.test(.router) { client in
            for path in ["/secret", "/nothing", "/fault", "/page"] {
                try await client.execute(uri: path, method: .get) {
                    #expect($0.headers[.xContentTypeOptions] == "nosniff" && $0.headers[.server] == nil)
                    #expect($0.headers[.referrerPolicy] == "no-referrer")
                    #expect($0.headers[.crossOriginResourcePolicy] == "same-origin")
                    #expect($0.headers[.crossOriginOpenerPolicy] == "same-origin")
                    let policy =
                        path == "/page" ? "default-src 'self'" : "default-src 'none'; frame-ancestors 'none'"
                    #expect($0.headers[.contentSecurityPolicy] == policy)
                }
            }
        }
    }

    @Test func anErrorTellsNothingOfTheInside() async throws {
        try await application { $0.add(middleware: ErrorResponses()) }.test(.router) { client in
            try await client.execute(uri: "/fault", method: .get) {
                #expect($0.status == .internalServerError && !String(buffer: $0.body).contains("secret"))
            }
            try await client.execute(uri: "/nothing", method: .get) {
                #expect($0.status == .notFound && $0.headers[.contentType] == "application/json")
                #expect(
                    String(buffer: $0.body) == "{\"error\":\"There is nothing under this path and method.\"}")
            }
        }
    }

    // MARK: Other origins

    @Test(arguments: [
        "*", "null", "", "example.org", "https://", "https://a.org/", "https://a.org/x", "https://A.org",
        "ftp://a",
    ])
    func whatIsNoOriginIsRefused(_ text: String) {
        #expect(Origin(text) == nil)
    }

    @Test func pagesOfOtherOriginsMayDoNothing() async throws {
        let application = application { $0.add(middleware: CrossOriginRequests(allowedOrigins: [])) }
        try await application.test(.live) { client in
            for origin in ["https://evil.example", "null", "http://localhost:1"] {
                try await client.execute(uri: "/secret", method: .post, headers: [.origin: origin]) {
                    #expect($0.status == .forbidden)
                }
                try await client.execute(uri: "/secret", method: .get, headers: [.origin: origin]) {
                    #expect($0.status == .ok && $0.headers[.accessControlAllowOrigin] == nil)
                }
                try await client.execute(
                    uri: "/secret", method: .options,
                    headers: [.origin: origin, .accessControlRequestMethod: "POST"]
                ) {
                    #expect($0.headers[.accessControlAllowOrigin] == nil)
                    #expect($0.headers[.accessControlAllowMethods] == nil)
                }
            }
            try await client.execute(uri: "/secret", method: .post) { #expect($0.status == .ok) }
            // As the client names the server, with its port or without.
            let host = try await client.execute(uri: "/host", method: .get) { String(buffer: $0.body) }
            try #require(!host.isEmpty)
            try await client.execute(
                uri: "/secret", method: .post, headers: [.origin: "http://\(host)"]
            ) {
                #expect($0.status == .ok)
            }
        }
    }

    /// A name that leads to this machine is not this machine's: somebody else's page may have it.
    @Test(arguments: [
        ("http://localhost:8080", true), ("http://127.0.0.1:8080", true), ("http://127.1.2.3", true),
        ("http://[::1]:8080", true), ("http://evil.example:8080", false),
        ("http://127.0.0.1.evil.example", false), ("http://127.0.0:80", false), ("http://10.0.0.1", false),
    ])
    func thisMachineIsKnownByItsNames(origin: String, isLocal: Bool) throws {
        #expect(try #require(Origin(origin)).isLocal == isLocal)
    }

    @Test func aServerOfThisMachineAloneHearsItsOwnPage() async throws {
        let application = application {
            $0.add(middleware: CrossOriginRequests(allowedOrigins: [], isLocal: true))
        }
        try await application.test(.live) { client in
            let host = try await client.execute(uri: "/host", method: .get) { String(buffer: $0.body) }
            try await client.execute(
                uri: "/secret", method: .post, headers: [.origin: "http://\(host)"]
            ) { #expect($0.status == .ok) }
        }
    }

    @Test func pagesOfNamedOriginsMayAsk() async throws {
        let origin = try #require(Origin("https://example.org"))
        let application = application { $0.add(middleware: CrossOriginRequests(allowedOrigins: [origin])) }
        try await application.test(.router) { client in
            try await client.execute(uri: "/secret", method: .post, headers: [.origin: "https://example.org"])
            {
                #expect($0.status == .ok && $0.headers[.accessControlAllowOrigin] == "https://example.org")
                #expect($0.headers[.vary] == "Origin")
            }
            try await client.execute(
                uri: "/secret", method: .options,
                headers: [.origin: "https://example.org", .accessControlRequestMethod: "POST"]
            ) {
                #expect(
                    $0.status == .noContent && $0.headers[.accessControlAllowOrigin] == "https://example.org")
                #expect($0.headers[.accessControlAllowCredentials] == nil)
            }
            try await client.execute(
                uri: "/secret", method: .post, headers: [.origin: "https://example.org.evil"]
            ) {
                #expect($0.status == .forbidden)
            }
        }
    }
}
