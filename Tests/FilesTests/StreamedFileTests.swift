import Files
import TestSupport
import Testing

/// `DurableFile.stream`.
@Suite struct StreamedFileTests {
    @Test func aStreamedFileAppearsWhole() async throws {
        let folder = try TemporaryFolder()
        try await DurableFile.stream(to: folder.file("table"), replacing: false) { file in
            try file.append(Array("one\n".utf8))
            await Task.yield()
            #expect(try !folder.names.contains("table"))
            try file.append(Array("two\n".utf8))
        }
        #expect(try folder.text("table") == "one\ntwo\n")
        #expect(try folder.names == ["table"])
    }

    @Test func aStreamThatFailsLeavesNothing() async throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        await #expect(throws: Stop.self) {
            try await DurableFile.stream(to: folder.file("table"), replacing: false) { file in
                try file.append([1])
                throw Stop()
            }
        }
        #expect(try folder.names == [])
        try folder.write("old", as: "table")
        await #expect(throws: FileError.self) {
            try await DurableFile.stream(to: folder.file("table"), replacing: false) { _ in
                Issue.record("Nothing is written where the name is taken.")
            }
        }
        #expect(try folder.text("table") == "old")
    }
}
