import DigitRecognition
import DigitServer
import Figures
import Foundation
import Testing

/// Digits that people correct, and the folder that they are kept in.
struct CorrectionTests {
    /// A ramp: no picture of anything, but each pixel tells where it is.
    private static let image = Image(
        height: 28, width: 28, pixels: (0..<784).map { UInt8(truncatingIfNeeded: $0 / 3) })

    private func withFolder(
        count: Int = 100, bytes: Int = 1_000_000, _ body: (TestServer, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "corrections-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestServer.run {
            $0.corrections = CorrectionSettings(folder: folder.path)
            $0.corrections.largestCount = count
            $0.corrections.largestByteCount = bytes
        } _: { server in
            try await body(server, folder)
        }
    }

    private func post(
        _ body: [UInt8] = image.png, label: String = "7", type: String = "image/png", to server: TestServer
    ) async throws -> HTTPAnswer {
        try server.send(
            "POST", "/v1/corrections?label=\(label)", headers: ["Content-Type": type], body: body)
    }

    private func files(in folder: URL) -> [String] {
        (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).filter {
            $0.hasSuffix(".png")
        }
    }

    @Test func nothingIsKeptUnlessAFolderIsGiven() async throws {
        try await TestServer.run { server in
            let state = try server.send("GET", "/v1/corrections")
            #expect(state.text == #"{"collects":false}"#)
            let answer = try await post(to: server)
            #expect(answer.status == 404 && answer.text.contains("--collect"))
        }
    }

    @Test func aCorrectionIsKeptUnderItsLabel() async throws {
        try await withFolder { server, folder in
            let state = try server.send("GET", "/v1/corrections")
            #expect(state.text == #"{"collects":true}"#)
            for label in ["7", "7", "0"] {
                let answer = try await post(label: label, to: server)
                #expect(answer.status == 201)
            }
            let names = files(in: folder).sorted()
            #expect(names.count == 3 && Set(names).count == 3)
            #expect(names.map { String($0.prefix(2)) } == ["0/", "7/", "7/"])
            for name in names {
                #expect(name.wholeMatch(of: /\d\/[0-9a-f]{20,32}\.png/) != nil)
                let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
                #expect(try ImageDecoder().decode(bytes).image == Self.image)
            }
        }
    }

    @Test(arguments: [
        ("", 400), ("10", 400), ("-1", 400), ("a", 400), ("..%2F7", 400), ("%D9%A7", 400), ("7%00", 400),
    ])
    func aLabelIsADigit(label: String, status: Int) async throws {
        try await withFolder { server, folder in
            let answer = try await post(label: label, to: server)
            #expect(answer.status == status)
            #expect(files(in: folder).isEmpty)
        }
    }

    @Test func onlySmallPicturesOfADigitAreTaken() async throws {
        try await withFolder { server, folder in
            let large = Image(height: 29, width: 28, pixels: [UInt8](repeating: 0, count: 812))
            let small = Image(height: 20, width: 20, pixels: [UInt8](repeating: 0, count: 400))
            let png = Self.image.png
            for body in [[], Array("GIF89a".utf8), large.png, small.png, Array(png.prefix(png.count / 2))] {
                let answer = try await post(body, to: server)
                #expect(answer.status == 400 && answer.text.contains("28×28"))
            }
            let tooLarge = try await post([UInt8](repeating: 1, count: 65_537), to: server)
            #expect(tooLarge.status == 413)
            // A form on another site's page could send these types.
            for type in [
                "text/plain", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded",
            ] {
                let answer = try await post(type: type, to: server)
                #expect(answer.status == 415)
            }
            #expect(files(in: folder).isEmpty)
        }
    }

    @Test func theFolderDoesNotGrowBeyondItsLimits() async throws {
        try await withFolder(count: 3) { server, folder in
            // What was there before counts.
            let old = folder.appending(path: "4")
            try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
            try Data(Self.image.png).write(to: old.appending(path: "old.png"))
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await post(to: server).status) }
            #expect(statuses == [201, 201, 507, 507])
            #expect(files(in: folder).count == 3)
        }
        try await withFolder(bytes: Self.image.png.count) { server, folder in
            var statuses: [Int] = []
            for _ in 0..<2 { statuses.append(try await post(to: server).status) }
            #expect(statuses == [201, 507])
            #expect(files(in: folder).count == 1)
        }
    }

    @Test func aFolderThatCannotBeWrittenIsToldInWords() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await TestServer.run {
            $0.corrections = CorrectionSettings(folder: file.path)
        } _: { server in
            let answer = try await post(to: server)
            #expect(answer.status == 500 && answer.text.contains("could not be written"))
            #expect(!answer.text.contains(file.path))
        }
    }
}
