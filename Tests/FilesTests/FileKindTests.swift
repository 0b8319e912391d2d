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

@Suite struct FileKindTests {
    @Test func filesFoldersAndOthersAreToldApart() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", as: "file")
        #expect(symlink("file", folder.file("link")) == 0)
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(try FileKind(of: folder.path) == .folder)
        #expect(try FileKind(of: folder.file("file")) == .file)
        #expect(try FileKind(of: folder.file("link")) == .file)
        #expect(try FileKind(of: folder.file("pipe")) == .other)
        #expect(try FileKind(of: "/dev/null") == .other)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        for folder in ["/dev/fd", "/proc/self/fd"] where FileSystem.exists(folder) {
            #expect(try FileKind(of: "\(folder)/\(ends[0])") == .openPipe)
        }
        let error = #expect(throws: FileError.self) { try FileKind(of: folder.file("none")) }
        #expect(error?.reason == .notFound)
    }
}
