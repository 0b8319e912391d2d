import DigitServer
import Foundation
import Testing

/// "Teach it" in Chromium.
@Suite(.serialized, .enabled(if: Chromium.executable != nil, Chromium.skipped))
struct PageTeachingTests {
    private func drawAndTeach(_ browser: Chromium, _ server: TestServer) async throws -> String {
        try await browser.visit("http://127.0.0.1:\(server.port)/")
        try await browser.draw(Handwriting.strokes(of: 1, left: 350, top: 100, height: 380))
        try await browser.wait(forReading: "1")
        try await browser.press("7")
        try await browser.wait(for: "document.querySelector('.digit').textContent === '7taught'")
        return try await browser.evaluate("document.querySelector('#teach').textContent")
    }

    /// Runs something while a server answers that collects in a folder.
    private func withCollectingServer(_ body: (TestServer, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "taught-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestServer.run {
            $0.corrections = CorrectionSettings(folder: folder.path)
        } _: { server in
            try await body(server, folder)
        }
    }

    @Test func oneKeyCorrectsADigitForAServerThatCollects() async throws {
        try await withCollectingServer { server, folder in
            try await Chromium.run { browser in
                let words = try await drawAndTeach(browser, server)
                #expect(words == "It is a 7. Thank you: the server keeps it as a 7.")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["7"])
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: folder.appending(path: "7").path)
                #expect(names.count == 1)
                #expect(await browser.console == [])
            }
        }
    }

    @Test func elseItIsKeptInTheBrowserAndSaidSo() async throws {
        try await TestServer.run { server in
            try await Chromium.run { browser in
                let words = try await drawAndTeach(browser, server)
                #expect(words == "It is a 7. Kept in this browser only.")
                let kept: String = try await browser.evaluate(
                    "document.querySelector('#kept span').textContent")
                #expect(kept == "1 kept in this browser only.")
                #expect(try await browser.evaluate("JSON.parse(localStorage.corrections).length") == 1)
                #expect(await browser.console == [])
                #expect(await browser.requests.allSatisfy { !$0.contains("label") })
            }
        }
    }

    /// Keeps pictures as 3, sends them, and keeps another one as 4 meanwhile: what is kept then.
    private func sendKept(_ pictures: String, _ browser: Chromium) async throws -> [String] {
        try await browser.evaluate(
            """
            (async () => {
              localStorage.clear();
              const { Corrections } = await import("/page/corrections.js");
              const canvas = Object.assign(document.createElement("canvas"), { width: 28, height: 28 });
              canvas.getContext("2d").fillRect(0, 0, 28, 28);
              const good = canvas.toDataURL("image/png"), bad = "data:image/png;base64,AAAA";
              const corrections = new Corrections();
              for (const picture of \(pictures)) await corrections.keep(3, picture);
              const sending = corrections.sendKept();
              await corrections.keep(4, good);
              await sending;
              return corrections.kept.map(({ label, picture }) => `${label} ${picture === good ? "good" : "bad"}`);
            })()
            """)
    }

    @Test func exactlyWhatTheServerTookIsForgotten() async throws {
        try await withCollectingServer { server, folder in
            try await Chromium.run { browser in
                try await browser.visit("http://127.0.0.1:\(server.port)/")
                #expect(try await sendKept("[good, good]", browser) == ["4 good"])
                let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/3")
                #expect(files.count == 2)
                // Nothing is sent behind what was refused.
                #expect(try await sendKept("[good, bad, good]", browser) == ["3 bad", "3 good", "4 good"])
            }
        }
    }
}
