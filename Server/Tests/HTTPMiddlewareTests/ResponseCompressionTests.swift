import HTTPMiddleware
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite struct ResponseCompressionTests {
    private static let long = String(repeating: "0.125,", count: 1000)

    private func application() -> some ApplicationProtocol {
        let router = Router()
        router.add(middleware: ResponseCompression())
        func answer(_ path: RouterPath, _ headers: HTTPFields, _ body: ResponseBody) {
            router.get(path) { _, _ in Response(status: .ok, headers: headers, body: body) }
        }
        let long = ByteBuffer(string: Self.long)
        answer("long", [.contentType: "application/json", .eTag: "\"1\""], ResponseBody(byteBuffer: long))
        answer(
            "short", [.contentType: "application/json"], ResponseBody(byteBuffer: ByteBuffer(string: "{}")))
        answer("picture", [.contentType: "image/png"], ResponseBody(byteBuffer: long))
        answer("encoded", [.contentEncoding: "br"], ResponseBody(byteBuffer: long))
        answer(
            "random", [:],
            ResponseBody(byteBuffer: ByteBuffer(bytes: (0..<2000).map { _ in UInt8.random(in: 0...255) })))
        answer(
            "stream", [:],
            ResponseBody { writer in
                for _ in 0..<500 { try await writer.write(long) }
                try await writer.finish(nil)
            })
        return Application(router: router)
    }

    @Test(arguments: ["gzip", "deflate", "gzip, deflate, br", "*", "deflate;q=0.5, gzip;q=0.4"])
    func longTextIsCompressedForWhoeverAsks(_ accepted: String) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/long", method: .get, headers: [.acceptEncoding: accepted]) {
                #expect($0.headers[.contentEncoding] == (accepted.hasPrefix("deflate") ? "deflate" : "gzip"))
                #expect(
                    $0.body.readableBytes < 200 && $0.headers[.contentLength] == "\($0.body.readableBytes)")
                #expect(String(buffer: Deflated.original(of: $0.body)) == Self.long)
                #expect($0.headers[.vary] == "Accept-Encoding" && $0.headers[.eTag] == "W/\"1\"")
            }
        }
    }

    @Test(arguments: ["", "br", "gzip;q=0", "identity, gzip;q=0.5", "gzip;q=nonsense", "*;q=0"])
    func nothingIsCompressedUnasked(_ accepted: String) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/long", method: .get, headers: [.acceptEncoding: accepted]) {
                #expect($0.headers[.contentEncoding] == nil && String(buffer: $0.body) == Self.long)
                #expect($0.headers[.vary] == "Accept-Encoding")
            }
        }
    }

    @Test(arguments: ["short", "picture", "encoded"])
    func whatIsNotWorthItStays(_ path: String) async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/\(path)", method: .get, headers: [.acceptEncoding: "gzip"]) {
                #expect($0.headers[.contentEncoding] == (path == "encoded" ? "br" : nil))
                #expect($0.headers[.vary] == nil)
            }
        }
    }

    @Test func whatDoesNotShrinkIsSentAsItIs() async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/random", method: .get, headers: [.acceptEncoding: "gzip"]) {
                #expect($0.headers[.contentEncoding] == nil && $0.body.readableBytes == 2000)
                #expect($0.headers[.contentLength] == "2000")
            }
        }
    }

    @Test func streamsAreCompressedAsTheyGo() async throws {
        try await application().test(.router) { client in
            try await client.execute(uri: "/stream", method: .get, headers: [.acceptEncoding: "gzip"]) {
                #expect($0.headers[.contentEncoding] == "gzip" && $0.headers[.contentLength] == nil)
                #expect($0.body.readableBytes < 100_000)
                #expect(Deflated.original(of: $0.body).readableBytes == 500 * Self.long.utf8.count)
            }
        }
    }
}
