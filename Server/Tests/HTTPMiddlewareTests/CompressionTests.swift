import CZlibStreams
import HTTPMiddleware
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Bodies through the middleware, in the pieces in which a network may bring them.
@Suite struct CompressionTests {
    /// Answers with the body it was sent.
    private func echo(limit: Int = 1_000_000) -> some ApplicationProtocol {
        let router = Router()
        router.add(middleware: ErrorResponses())
        router.add(middleware: RequestDecompression(limit: limit))
        router.post("echo") { request, _ in
            let length = request.headers[.contentLength] ?? "none"
            let body = try await request.body.collect(upTo: 50_000_000)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "x/\(length)", .location: request.headers[.contentEncoding] ?? "none",
                ],
                body: ResponseBody(byteBuffer: body))
        }
        return Application(router: router)
    }

    private static let original = ByteBuffer(
        bytes: (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) })

    @Test(arguments: [
        ("gzip", 31), ("x-gzip", 31), ("GZIP", 31), ("deflate", 15), ("deflate", -15), ("identity, gzip", 31),
    ])
    func everyFormThatClientsSendIsRead(_ coding: String, _ windowBits: Int32) async throws {
        let body = Deflated.bytes(Self.original, windowBits: windowBits)
        try await echo().test(.router) { client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: coding], body: body
            ) {
                #expect($0.status == .ok && $0.body == Self.original)
                #expect($0.headers[.contentType] == "x/none" && $0.headers[.location] == "none")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func piecesOfAnySizeGiveTheSameBody(_ size: Int) throws {
        for (coding, windowBits) in [(ContentCoding.gzip, Int32(31)), (.deflate, 15), (.deflate, -15)] {
            var compressed = Deflated.bytes(Self.original, windowBits: windowBits)
            let stream = InflateStream(coding)
            var result = ByteBuffer()
            while let piece = compressed.readSlice(length: min(size, compressed.readableBytes)),
                piece.readableBytes > 0
            {
                stream.append(piece)
                while var bytes = try stream.next() {
                    #expect(bytes.readableBytes <= InflateStream.chunkSize)
                    result.writeBuffer(&bytes)
                }
            }
            #expect(stream.isComplete && result == Self.original)
        }
    }

    @Test func membersOfAGzipBodyAreReadOneAfterTheOther() async throws {
        var body = Deflated.bytes(ByteBuffer(string: "one "), windowBits: 31)
        var second = Deflated.bytes(ByteBuffer(string: "two"), windowBits: 31)
        body.writeBuffer(&second)
        try await echo().test(.router) { [body] client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: "gzip"], body: body
            ) {
                #expect(String(buffer: $0.body) == "one two")
            }
        }
    }

    @Test func anEmptyBodyIsEmpty() async throws {
        try await echo().test(.router) { client in
            try await client.execute(uri: "/echo", method: .post, headers: [.contentEncoding: "gzip"]) {
                #expect($0.status == .ok && $0.body.readableBytes == 0)
            }
        }
    }

    @Test(arguments: ["gzip", "deflate"])
    func everyTruncationIsRefused(_ coding: String) async throws {
        let whole = Deflated.bytes(
            ByteBuffer(string: "a body that is cut"), windowBits: coding == "gzip" ? 31 : 15)
        try await echo().test(.router) { client in
            for length in 1..<whole.readableBytes {
                let body = whole.getSlice(at: 0, length: length)
                try await client.execute(
                    uri: "/echo", method: .post, headers: [.contentEncoding: coding], body: body
                ) {
                    #expect($0.status == .badRequest, "\(length) bytes")
                }
            }
        }
    }

    @Test func everyFlippedBitOfAGzipBodyIsRefusedOrHarmless() async throws {
        let text = ByteBuffer(string: "a body that is damaged")
        let whole = Deflated.bytes(text, windowBits: 31)
        try await echo().test(.router) { client in
            for bit in 0..<whole.readableBytes * 8 {
                var body = whole
                let byte: UInt8 = body.getInteger(at: bit / 8) ?? 0
                body.setInteger(byte ^ (1 << (bit % 8)), at: bit / 8)
                try await client.execute(
                    uri: "/echo", method: .post, headers: [.contentEncoding: "gzip"], body: body
                ) {
                    // The header's time and system do not matter to what is inside.
                    #expect($0.status == .badRequest || $0.body == text, "bit \(bit)")
                }
            }
        }
    }

    @Test func bytesBehindTheEndAreRefused() async throws {
        var body = Deflated.bytes(ByteBuffer(string: "x"), windowBits: 15)
        body.writeString("more")
        try await echo().test(.router) { [body] client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: "deflate"], body: body
            ) {
                #expect($0.status == .badRequest)
            }
        }
    }

    @Test func aBombIsStoppedAtTheLimit() async throws {
        let body = Deflated.bytes(ByteBuffer(repeating: 0, count: 40_000_000), windowBits: 31)
        #expect(body.readableBytes < 50_000)
        try await echo(limit: 100_000).test(.router) { client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: "gzip"], body: body
            ) {
                #expect($0.status == .contentTooLarge)
                #expect(String(buffer: $0.body).contains("100000 bytes when decompressed"))
            }
        }
        let fitting = Deflated.bytes(ByteBuffer(repeating: 0, count: 100_000), windowBits: 31)
        try await echo(limit: 100_000).test(.router) { client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: "gzip"], body: fitting
            ) {
                #expect($0.status == .ok)
            }
        }
    }

    @Test(arguments: ["br", "zstd", "gzip, gzip", "gzip, deflate", "chunked"])
    func otherCodingsAreRefused(_ coding: String) async throws {
        try await echo().test(.router) { client in
            try await client.execute(
                uri: "/echo", method: .post, headers: [.contentEncoding: coding],
                body: ByteBuffer(string: "x")
            ) {
                #expect($0.status == .unsupportedMediaType && $0.headers[.acceptEncoding] == "gzip, deflate")
                #expect(String(buffer: $0.body).hasPrefix("{\"error\":\""))
            }
        }
    }
}
