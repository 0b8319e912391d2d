import DigitRecognition
import DigitServer
import Foundation
import Logging
import Testing

@Suite struct LifecycleTests {
    @Test func slowSenderIsRefused() async throws {
        try await TestServer.run({ $0.times.receiving = .milliseconds(200) }) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(
                Array("POST /v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nP5".utf8))
            #expect(try connection.answer().status == 408)
            #expect(connection.isClosedByServer())
        }
    }

    @Test func slowHeadIsClosed() async throws {
        try await TestServer.run({ $0.times.idle = .milliseconds(200) }) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(Array("GET /v2 HTTP/1.1\r\nHost:".utf8))
            #expect(connection.isClosedByServer())
        }
    }

    @Test func bodyThatIsTooLargeIsRefusedBeforeItIsSent() async throws {
        try await TestServer.run({ $0.limits.bodyByteCount = 1000 }) { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(
                Array(
                    "POST /v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n"
                        .utf8))
            #expect(try connection.answer().status == 413)
            let chunked = try TestConnection(port: server.port)
            try chunked.write(
                Array("POST /v1/read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n".utf8)
                    + [UInt8](repeating: 0, count: 0x800))
            #expect(try chunked.answer().status == 413)
        }
    }

    @Test func expectedContinueIsSent() async throws {
        try await TestServer.run { server in
            let connection = try TestConnection(port: server.port)
            try connection.write(
                Array(
                    "POST /v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
                        .utf8))
            #expect(try connection.answer().status == 100)
            try connection.write(Array("P5".utf8))
            #expect(try connection.answer().status == 400)
        }
    }

    @Test func headersThatAreTooLargeAreRefused() async throws {
        try await TestServer.run { server in
            let connection = try TestConnection(port: server.port)
            let field = "X: " + String(repeating: "a", count: 20_000) + "\r\n"
            try connection.write(Array("GET /v2 HTTP/1.1\r\nHost: a\r\n\(field)\r\n".utf8))
            #expect(try connection.answer().status == 400)
        }
    }

    @Test func stoppingServerSaysSoAndEndsConnections() async throws {
        try await TestServer.run { server in
            server.service.readiness.stop()
            let answer = try server.get("/v2/health/ready")
            #expect(answer.status == 503)
            #expect(answer.headers["connection"] == "close")
            #expect(try server.get("/v2/health/live").status == 200)
        }
    }

    @Test func requestsThatWaitAreAnsweredWhenTheServerStops() async throws {
        // Large enough to be there still when the server is told to stop, which is when this closure returns.
        let images = TestImages.images(2000)
        let answered = Mailbox()
        try await TestServer.run { server in
            let connection = try TestConnection(port: server.port)
            let body = TestImages.floatBytes(images)
            let head =
                "POST /v2/models/accurate/infer HTTP/1.1\r\nHost: a\r\nInference-Header-Content-Length: 0\r\n"
            try connection.write(Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
            Thread.detachNewThread { answered.put((try? connection.answer().status) ?? 0) }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(answered.take() == 200)
    }
}

/// A number that a thread leaves for another.
// Sendable: `number` is written before `isThere` is signalled and read after.
private final class Mailbox: @unchecked Sendable {
    private let isThere = DispatchSemaphore(value: 0)
    private var number = 0

    func put(_ number: Int) {
        self.number = number
        isThere.signal()
    }

    func take() -> Int {
        isThere.wait()
        return number
    }
}

@Suite struct ModelsFolderTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func folderIsFollowed() throws {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        let files = FileManager.default
        defer { try? files.removeItem(atPath: folder) }
        try files.createDirectory(atPath: folder + "/mine/3", withIntermediateDirectories: true)
        try files.createDirectory(atPath: folder + "/mine/12", withIntermediateDirectories: true)
        let model = PretrainedModel.tiny.model()
        try model.save(to: folder + "/mine/3/model.safetensors")
        try model.save(to: folder + "/flat.safetensors")
        try model.save(to: folder + "/accurate.safetensors")
        try Data("no model".utf8).write(to: URL(fileURLWithPath: folder + "/mine/12/model.safetensors"))

        let registry = try ModelRegistry(ModelSettings())
        var watched = ModelsFolder(path: folder, reserved: Set(registry.all.map(\.name)))
        watched.update(registry, logger)
        #expect(try registry.model("mine").version == 3)
        #expect(try registry.model("flat").version == 1)
        // The name of a shipped model is not the folder's.
        #expect(registry.all.count == PretrainedModel.all.count + 2)

        let held = try registry.model("mine")
        try model.save(to: folder + "/mine/12/model.safetensors")
        try files.removeItem(atPath: folder + "/flat.safetensors")
        watched.update(registry, logger)
        #expect(try registry.model("mine").version == 12)
        #expect(try registry.versions(of: "mine").map(\.version) == [3, 12])
        #expect(throws: ServiceError.self) { try registry.model("flat") }

        try files.removeItem(atPath: folder + "/mine")
        watched.update(registry, logger)
        #expect(throws: ServiceError.self) { try registry.model("mine") }
        // Whoever held it goes on.
        #expect(try held.predictor.predict(TestImages.images(1)).count == 1)
    }

    @Test func settingsThatCannotBeServedAreRefused() {
        for change: (inout ModelSettings) -> Void in [
            { $0.sources = [ModelSettings.Source(name: "a/b", path: "x")] },
            { $0.sources = [ModelSettings.Source(name: "a", path: "/nowhere")] },
            { $0.aliases = ["a": "nobody"] },
            { $0.aliases = ["tiny": "accurate"] },
            { $0.includesShipped = false },
        ] {
            var settings = ModelSettings()
            change(&settings)
            #expect(throws: ModelSettingsError.self) { try ModelRegistry(settings) }
        }
    }
}
