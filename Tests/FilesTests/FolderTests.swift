import Files
import Foundation
import TestSupport
import Testing

@Suite struct FolderTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
    }

    @Test func aNewFolderIsMadeWithThoseThatItLiesIn() throws {
        let folder = try OutputFolder(named: scratch.file("a/b/c/"))
        #expect(folder.path == scratch.file("a/b/c"))
        #expect(try Folder.names(in: scratch.file("a/b")) == ["c"])
        try scratch.write("text", as: "a/file")
        folder.discardIfEmpty()
        #expect(!FileSystem.exists(scratch.file("a/b")))
        #expect(try Folder.names(in: scratch.file("a")) == ["file"])
    }

    @Test func anEmptyFolderIsUsedAndStays() throws {
        let folder = try OutputFolder(named: scratch.path)
        folder.discardIfEmpty()
        #expect(FileSystem.exists(scratch.path))
    }

    @Test func aFolderThatHoldsSomethingIsRefused() throws {
        try scratch.write("text", as: "file")
        let error = #expect(throws: FileError.self) { try OutputFolder(named: scratch.path) }
        #expect(error?.reason == .notEmpty)
        #expect(error?.description.hasSuffix("Choose a directory that is empty or does not exist.") == true)
        #expect(try scratch.names == ["file"])
    }

    @Test func aFileIsNoFolder() throws {
        try scratch.write("text", as: "file")
        #expect(
            throws: FileError(path: scratch.file("file"), operation: .create, errorNumber: ENOTDIR)
        ) { try OutputFolder(named: scratch.file("file")) }
        #expect(throws: FileError(path: scratch.file("file"), operation: .read, errorNumber: ENOTDIR)) {
            try Folder.names(in: scratch.file("file"))
        }
    }

    @Test func aTakenNameIsNotNew() throws {
        #expect(try OutputFolder(new: scratch.file("run-1"))?.path == scratch.file("run-1"))
        #expect(try OutputFolder(new: scratch.file("run-1")) == nil)
    }
}
