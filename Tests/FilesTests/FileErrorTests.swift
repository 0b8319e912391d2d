import Files
import Foundation
import TestSupport
import Testing

@Suite struct FileErrorTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
    }

    private func failure(writing path: String) -> FileError? {
        #expect(throws: FileError.self) {
            try DurableFile.write([1], to: path, replacing: true)
        }
    }

    private func failure(reading path: String, maximumByteCount: Int = 10) -> FileError? {
        #expect(throws: FileError.self) {
            try DurableFile.read(path, maximumByteCount: maximumByteCount)
        }
    }

    @Test func missingDirectoryIsRefused() throws {
        let path = scratch.file("missing/a")
        let error = failure(writing: path)
        #expect(error?.reason == .notFound)
        #expect(
            error?.description
                == "Cannot write '\(path)': No such file or directory. "
                + "Create the directory first, or choose one that exists.")
    }

    @Test func directoryAsDestinationIsRefused() throws {
        try FileManager.default.createDirectory(
            atPath: scratch.file("folder"), withIntermediateDirectories: false)
        let error = failure(writing: scratch.file("folder"))
        #expect(error?.reason == .isDirectory)
        #expect(try scratch.names == ["folder"])
    }

    @Test func fileInPlaceOfADirectoryIsRefused() throws {
        try scratch.write("text", as: "file")
        #expect(failure(writing: scratch.file("file/a"))?.reason == .notDirectory)
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
    func directoryWithoutPermissionIsRefused() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scratch.path)
        let error = failure(writing: scratch.file("a"))
        #expect(error?.reason == .notPermitted)
        #expect(error?.description.hasSuffix("Choose a directory that you may write to.") == true)
    }

    @Test func everyReasonHasItsAdvice() {
        let advice: [(Int32, FileError.Reason, String)] = [
            (ENOSPC, .full, "Free some space, or choose a directory on another disk."),
            (EDQUOT, .full, "Free some space, or choose a directory on another disk."),
            (EROFS, .readOnly, "Choose a directory on a file system that is not read-only."),
            (EACCES, .notPermitted, "Choose a directory that you may write to."),
            (EFBIG, .tooLarge, "Choose a directory on a file system that holds larger files."),
            (EIO, .other, "Check the path and the disk."),
        ]
        for (number, reason, sentence) in advice {
            let error = FileError(path: "model", operation: .write, errorNumber: number)
            #expect(error.reason == reason)
            #expect(
                error.description
                    == "Cannot write 'model': \(String(cString: strerror(number))). \(sentence)")
        }
    }

    @Test func wholeFileIsRead() throws {
        try scratch.write("0123456789", as: "a")
        #expect(try DurableFile.read(scratch.file("a"), maximumByteCount: 10) == Array("0123456789".utf8))
    }

    @Test func fileOverTheMaximumIsNotRead() throws {
        try scratch.write("0123456789", as: "a")
        #expect(failure(reading: scratch.file("a"), maximumByteCount: 9)?.reason == .tooLarge)
    }

    @Test func missingFileIsNotRead() {
        let error = failure(reading: scratch.file("a"))
        #expect(error?.reason == .notFound)
        #expect(
            error?.description
                == "Cannot read '\(scratch.file("a"))': No such file or directory. Check the path.")
    }

    @Test func directoryIsNotRead() {
        #expect(failure(reading: scratch.path)?.reason == .isDirectory)
    }

    @Test func deviceIsNotRead() {
        let error = failure(reading: "/dev/zero")
        #expect(error?.reason == .notRegular)
        #expect(
            error?.description
                == "Cannot read '/dev/zero': Not a regular file. Give a file, not a device or a pipe.")
    }

    /// Nobody is told to remove a device, or what stands in its place.
    @Test(arguments: [true, false])
    func devicesAndStreamsAreNotWritten(isReplacing: Bool) throws {
        #expect(symlink("pipe", scratch.file("link")) == 0)
        #expect(mkfifo(scratch.file("pipe"), 0o600) == 0)
        // Were this wrong, the system's own devices would be replaced by files.
        let devices = isReplacing ? [] : ["/dev/null", "/dev/stdout", "/dev/fd/1"]
        for path in devices + [scratch.file("link"), scratch.file("pipe")] {
            let error = #expect(throws: FileError.self) {
                try DurableFile.write([1], to: path, replacing: isReplacing)
            }
            #expect(error?.reason == .notRegular)
            #expect(
                error?.description
                    == "Cannot put in place '\(path)': Not a regular file. "
                    + "Choose another name: devices, pipes and open streams are not written to.")
        }
        #expect(try scratch.names == ["link", "pipe"])
    }
}
