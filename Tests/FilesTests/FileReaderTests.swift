import Files
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct FileReaderTests {
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
