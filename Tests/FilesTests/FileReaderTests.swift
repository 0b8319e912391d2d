import Files
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

    /// Opening one that nobody writes into would wait for ever.
    @Test func whatIsNoFileIsRefusedWithoutWaiting() throws {
        let scratch = try TemporaryFolder()
        #expect(mkfifo(scratch.file("pipe"), 0o600) == 0)
        for (path, reason) in [
            (scratch.file("pipe"), FileError.Reason.notRegular), ("/dev/null", .notRegular),
            (scratch.path, .isDirectory),
        ] {
            #expect(throws: FileError.self) { try FileReader(path) }
            let error = #expect(throws: FileError.self) {
                try DurableFile.read(path, maximumByteCount: 100)
            }
            #expect(error?.reason == reason)
        }
    }

    /// Also where whoever wrote it has gone.
    @Test func anOpenPipeIsReadToItsEnd() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        #expect(write(ends[1], "picture", 7) == 7)
        close(ends[1])
        let reader = try FileReader(openPipe: "/dev/fd/\(ends[0])")
        #expect(try reader.readToEnd(maximumByteCount: 100) == Array("picture".utf8))
    }

    @Test func whatIsNotOpenIsNoPipe() {
        #expect(throws: FileError.self) { try FileReader(openPipe: "/dev/fd/9999") }
        #expect(throws: FileError.self) { try FileReader(openPipe: "/dev/fd/x") }
        #expect(throws: FileError.self) { try FileReader(openPipe: "pipe") }
    }
}
