import DigitRecognition
import DigitServer
import Foundation
import Logging
import Synchronization
import Testing

/// The version that answers where a request names none.
@Suite struct DefaultVersionTests {
    /// Runs something with an empty folder.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func save(version: Int, in folder: String) throws {
        let place = "\(folder)/mine/\(version)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try PretrainedModel.tiny.model().save(to: place + "/model.safetensors")
    }

    @Test func everyRouteTakesIt() async throws {
        try await withFolder { folder in
            for version in [1, 2, 3] { try save(version: version, in: folder) }
            try await TestServer.run {
                $0.models.folder = folder
                $0.models.defaultVersions = ["mine": 2]
                $0.models.aliases = ["best": "mine"]
            } _: { server in
                let request = TestImages.request(TestImages.images(1))
                func version(_ path: String) throws -> String? {
                    try server.post(path, request).json["model_version"] as? String
                }
                #expect(try version("/v2/models/mine/infer") == "2")
                #expect(try version("/v2/models/best/infer") == "2")
                #expect(try version("/v2/models/mine/versions/3/infer") == "3")
                #expect(try server.get("/v2/models/mine").json["versions"] as? [String] == ["1", "2", "3"])
                let statistics = try server.get("/v2/models/mine/stats").json["model_stats"]
                let model = try #require((statistics as? [[String: Any]])?.first)
                #expect(model["version"] as? String == "2" && model["inference_count"] as? Int == 2)
            }
        }
    }

    @Test func theHighestAnswersUntilItIsThere() async throws {
        try await withFolder { folder in
            var settings = ModelSettings()
            settings.folder = folder
            settings.defaultVersions = ["mine": 3]
            let registry = try ModelRegistry(settings)
            let log = WarningCounter()
            let logger = Logger(label: "test") { _ in log }
            var watched = ModelsFolder(path: folder, reserved: [])
            for version in [2, 5] {
                try save(version: version, in: folder)
                watched.update(registry, logger)
                #expect(try registry.model("mine").version == version)
            }
            #expect(log.count == 1)
            try save(version: 3, in: folder)
            watched.update(registry, logger)
            #expect(try registry.model("mine").version == 3)
            // It may go again, which is told again.
            try FileManager.default.removeItem(atPath: folder + "/mine/3")
            for _ in 0..<2 { watched.update(registry, logger) }
            #expect(try registry.model("mine").version == 5)
            #expect(log.count == 2)
        }
    }

    @Test func whatCannotBeIsRefusedAtTheStart() async throws {
        try await withFolder { folder in
            for (folder, versions, words) in [
                (nil, ["nobody": 1], "no such model"), (nil, ["tiny": 2], "no version 2"),
                (folder, ["tiny": 2], "no version 2"), (folder, ["best": 1], "no such model"),
            ] as [(String?, [String: Int], String)] {
                var settings = ModelSettings()
                settings.folder = folder
                settings.aliases = ["best": "tiny"]
                settings.defaultVersions = versions
                do {
                    _ = try ModelRegistry(settings)
                    Issue.record("\(versions)")
                } catch {
                    #expect("\(error)".contains(words))
                }
            }
        }
    }
}

/// Counts warnings.
private struct WarningCounter: LogHandler {
    final class Count: Sendable {
        let value = Mutex(0)
    }

    private let warnings = Count()
    var logLevel = Logger.Level.warning
    var metadata = Logger.Metadata()

    var count: Int { warnings.value.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { warnings.value.withLock { $0 += 1 } }
}
