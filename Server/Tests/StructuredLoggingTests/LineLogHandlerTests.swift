import Foundation
import Logging
import StructuredLogging
import Testing

/// Lines as they come out of a pipe.
@Suite struct LineLogHandlerTests {
    private static let moment = Timestamp(seconds: 1_796_063_897, nanoseconds: 123_456_789)

    private func lines(_ format: LogFormat, _ log: (Logger) -> Void) throws -> String {
        let pipe = Pipe()
        let output = LogOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        var logger = Logger(label: "server") { label in
            LineLogHandler(label: label, format: format, output: output, now: { Self.moment })
        }
        logger[metadataKey: "request_id"] = "r1"
        log(logger)
        try pipe.fileHandleForWriting.close()
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test func jsonIsOneObjectALine() throws {
        let text = try lines(.json) {
            $0.info(
                "ready",
                metadata: ["port": .stringConvertible(8080), "list": ["a", .dictionary(["k": "v"])]])
            $0.debug("not told")
        }
        #expect(
            text == #"""
                {"time":"2026-11-30T18:38:17.123456Z","level":"info","logger":"server","message":"ready","metadata":{"list":["a",{"k":"v"}],"port":"8080","request_id":"r1"}}

                """#)
    }

    @Test func textIsWordsAndPairs() throws {
        let text = try lines(.text) {
            $0.warning(
                "slow",
                metadata: ["path": "/v1/read", "why": "a b", "empty": "", "quote": "x\"y", "list": ["1"]])
        }
        #expect(
            text == #"""
                2026-11-30T18:38:17.123456Z warning server: slow empty="" list=["1"] path=/v1/read quote="x\"y" request_id=r1 why="a b"

                """#)
    }

    @Test(arguments: LogFormat.allCases)
    func whatClientsSendCannotBeginALineOrSteerATerminal(_ format: LogFormat) throws {
        let hostile = "a\r\n2026 info fake: \u{1B}[31m\u{0}\u{85}\u{2028}\u{202E}\u{7F}"
        let text = try lines(format) { $0.error("\(hostile)", metadata: ["\(hostile)": "\(hostile)"]) }
        #expect(text.split(separator: "\n").count == 1)
        #expect(
            text.dropLast().unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        #expect(!text.unicodeScalars.contains("\u{2028}") && !text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func foundationReadsTheSameText() throws {
        let message = "\"\\ \t ä 😀 \u{1}"
        let text = try lines(.json) { $0.notice("\(message)", metadata: ["k": "\(message)"]) }
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["message"] as? String == message)
        #expect((object["metadata"] as? [String: String])?["k"] == message)
    }

    @Test func theEventsOwnMetadataCountsMost() throws {
        let text = try lines(.text) { $0.info("x", metadata: ["request_id": "own"]) }
        #expect(text.hasSuffix("server: x request_id=own\n"))
    }

    @Test func linesOfManyThreadsStayWhole() throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "log-\(UInt64.random(in: 0 ... .max))"
        ).path
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try #require(FileHandle(forWritingAtPath: path))
        let output = LogOutput(descriptor: file.fileDescriptor)
        let long = String(repeating: "x", count: 10_000)
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            output.write(Array((long + "\n").utf8))
        }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 64 && lines.allSatisfy { $0 == long })
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (951_782_399, "2000-02-28T23:59:59.000000Z"),
        (951_782_400, "2000-02-29T00:00:00.000000Z"), (4_107_542_400, "2100-03-01T00:00:00.000000Z"),
        (-1, "1969-12-31T23:59:59.000000Z"), (253_402_300_799, "9999-12-31T23:59:59.000000Z"),
    ])
    func daysOfTheCalendar(_ seconds: Int, _ text: String) {
        #expect(Timestamp(seconds: seconds, nanoseconds: 0).rfc3339 == text)
    }

    @Test func daysAreThoseOfFoundation() {
        // Foundation's calendar is Julian before 15 October 1582.
        for day in stride(from: -140_000, through: 800_000, by: 613) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400).formatted(.iso8601)
            let text = Timestamp(seconds: day * 86_400, nanoseconds: 0).rfc3339
            #expect(text.prefix(19) == date.prefix(19))
        }
    }
}
