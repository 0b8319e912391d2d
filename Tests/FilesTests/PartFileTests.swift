import Files
import Foundation
import TestSupport
import Testing

@Suite struct PartFileTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
    }

    private func append(_ text: String, to part: PartFile) throws {
        try Array(text.utf8).withUnsafeBytes { try part.append($0) }
    }

    @Test func aPartIsContinuedAndPublished() throws {
        try append("first, ", to: try PartFile(scratch.file("a")))
        #expect(try scratch.names == ["a.part"])
        let part = try PartFile(scratch.file("a"))
        #expect(try part.size == 7)
        try append("second", to: part)
        try part.publish()
        #expect(try scratch.names == ["a"])
        #expect(try scratch.text("a") == "first, second")
    }

    @Test func aRestartedPartHoldsNothing() throws {
        let part = try PartFile(scratch.file("a"))
        try append("wrong", to: part)
        try part.restart()
        #expect(try part.size == 0)
        try append("right", to: part)
        #expect(try scratch.text("a.part") == "right")
        part.discard()
        #expect(try scratch.names == [])
    }

    @Test func aPartInAMissingFolderIsRefused() {
        let path = scratch.file("missing/a")
        #expect(throws: FileError(path: path + ".part", operation: .create, errorNumber: ENOENT)) {
            try PartFile(path)
        }
    }
}

@Suite struct FileLockTests {
    @Test func aSecondHolderWaitsUntilTheFirstLetsGo() async throws {
        let scratch = try TemporaryFolder()
        var first: FileLock? = try await FileLock(scratch.file("lock"))
        let second = Task { try await FileLock(scratch.file("lock")) }
        try await Task.sleep(for: .milliseconds(20))
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        withExtendedLifetime(first) {}
        first = nil
        _ = try await FileLock(scratch.file("lock"))
        #expect(try scratch.names == ["lock"])
    }
}

@Suite struct FileReaderTests {
    @Test func peekingLeavesWhatIsReadNext() throws {
        let scratch = try TemporaryFolder()
        try scratch.write("0123456789", as: "a")
        let reader = try FileReader(scratch.file("a"))
        var bytes = [UInt8](repeating: 0, count: 6)
        #expect(try bytes.withUnsafeMutableBytes { try reader.read(into: $0) } == 6)
        #expect(bytes == Array("012345".utf8))
        #expect(try reader.peek(3) == Array("012".utf8))
        #expect(try bytes.withUnsafeMutableBytes { try reader.read(into: $0) } == 4)
        #expect(bytes == Array("678945".utf8))
    }

    @Test func aChangedFileHasAnotherVersion() throws {
        let scratch = try TemporaryFolder()
        try scratch.write("one", as: "a")
        let version = try #require(FileVersion(of: scratch.file("a")))
        #expect(version == FileVersion(of: scratch.file("a")))
        try scratch.write("three", as: "a")
        #expect(version != FileVersion(of: scratch.file("a")))
        #expect(FileVersion(of: scratch.file("missing")) == nil)
    }
}
