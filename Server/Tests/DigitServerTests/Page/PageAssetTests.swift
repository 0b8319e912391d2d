import Foundation
import Testing

/// The page's files, as they are served.
struct PageAssetTests {
    /// The addresses that the service worker keeps: all files but itself.
    private func paths(_ server: TestServer) async throws -> [String] {
        let worker = try server.send("GET", "/service-worker.js").text
        let list = try #require(worker.firstMatch(of: /assets = \[([^\]]*)\]/)).1
        return list.matches(of: /"([^"]+)"/).map { "/" + ($0.1 == "./" ? "" : $0.1) } + ["/service-worker.js"]
    }

    @Test func allOfItIsSmallAndAsksForNothingElse() async throws {
        try await TestServer.run { server in
            var size = 0
            let paths = try await paths(server)
            #expect(paths.count > 15)
            for path in paths {
                let answer = try server.send("GET", path)
                #expect(answer.status == 200, "\(path)")
                size += answer.body.count
                // The one address is the name of SVG's elements, which is never asked for.
                let text = answer.text.replacing("http://www.w3.org/2000/svg", with: "")
                #expect(!text.contains(#/https?:|["'(]\/\//#), "\(path)")
                // Nothing that the policy would have to allow as 'unsafe-inline'.
                #expect(!text.contains(#/<style|<script>| (style|on[a-z]+)="/#), "\(path)")
            }
            #expect(size < 100_000)
        }
    }

    @Test func everyFileThatIsNamedIsThere() async throws {
        try await TestServer.run { server in
            let paths = Set(try await paths(server))
            let page = try server.send("GET", "/").text
            for name in page.matches(of: /(?:src|href)="([^"#]+)"/).map({ String($0.1) }) {
                #expect(paths.contains("/" + name), "\(name)")
            }
            for path in paths where path.hasSuffix(".js") {
                for name in try server.send("GET", path).text.matches(of: /from "\.\/([^"]+)"/).map({
                    $0.1
                }) {
                    #expect(paths.contains("/page/" + name), "\(path) \(name)")
                }
            }
        }
    }

    @Test func everyAnswerHasAStrictPolicy() async throws {
        try await TestServer.run { server in
            for path in try await paths(server) {
                let headers = try server.send("GET", path).headers
                let policy = headers["content-security-policy"] ?? ""
                #expect(
                    policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"), "\(path)")
                #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("http"))
                #expect(headers["x-content-type-options"] == "nosniff")
                #expect(headers["cache-control"] == "no-cache")
            }
        }
    }

    @Test func whatABrowserHasAlreadyIsNotSentAgain() async throws {
        try await TestServer.run { server in
            var tags: Set<String> = []
            for path in try await paths(server) {
                let first = try server.send("GET", path)
                let tag = try #require(first.headers["etag"])
                tags.insert(tag)
                for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    let answer = try server.send("GET", path, headers: ["If-None-Match": known])
                    #expect(answer.status == 304 && answer.body.isEmpty && answer.headers["etag"] == tag)
                    #expect(answer.headers["content-security-policy"] != nil)
                }
                let changed = try server.send("GET", path, headers: ["If-None-Match": "\"other\""])
                #expect(changed.status == 200 && !changed.body.isEmpty)
            }
            let count = try await paths(server).count
            #expect(tags.count == count)
        }
    }

    @Test func headTellsWhatGetWould() async throws {
        try await TestServer.run { server in
            let head = try server.send("HEAD", "/")
            #expect(head.status == 200 && head.headers["content-type"] == "text/html; charset=utf-8")
            let count = try server.send("GET", "/").body.count
            #expect(head.headers["content-length"] == "\(count)")
        }
    }
}
