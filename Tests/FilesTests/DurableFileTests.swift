import Files
import Foundation
import TestSupport
import Testing

@Suite struct DurableFileTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
    }

    @Test func newFileHoldsItsBytesAndNothingElseIsLeft() throws {
        try DurableFile.write(Array("new".utf8), to: scratch.file("a"), replacing: false)
        #expect(try scratch.text("a") == "new")
        #expect(try scratch.names == ["a"])
    }

    @Test func emptyFileIsWritten() throws {
        try DurableFile.write([UInt8](), to: scratch.file("a"), replacing: false)
        #expect(try scratch.text("a") == "")
    }

    @Test func replacingPutsTheNewFileInPlaceOfTheOld() throws {
        try scratch.write("old and longer", as: "a")
        try DurableFile.write(Array("new".utf8), to: scratch.file("a"), replacing: true)
        #expect(try scratch.text("a") == "new")
        #expect(try scratch.names == ["a"])
    }

    @Test func readersOfTheOldFileKeepIt() throws {
        try scratch.write("old", as: "a")
        let reader = try #require(FileHandle(forReadingAtPath: scratch.file("a")))
        try DurableFile.write(Array("new".utf8), to: scratch.file("a"), replacing: true)
        #expect(try reader.readToEnd() == Data("old".utf8))
    }

    @Test func existingFileIsKeptWithoutReplacing() throws {
        try scratch.write("old", as: "a")
        let error = #expect(throws: FileError.self) {
            try DurableFile.write(Array("new".utf8), to: scratch.file("a"), replacing: false)
        }
        #expect(error?.reason == .alreadyExists)
        #expect(try scratch.text("a") == "old")
        #expect(try scratch.names == ["a"])
    }

    @Test func fileThatAppearsDuringTheWriteIsKept() throws {
        let error = #expect(throws: FileError.self) {
            try DurableFile.write(to: scratch.file("a"), replacing: false) {
                (file) throws(FileError) in
                try file.append(Array("new".utf8))
                #expect(
                    FileManager.default.createFile(atPath: scratch.file("a"), contents: Data("rival".utf8)))
            }
        }
        #expect(error?.reason == .alreadyExists)
        #expect(try scratch.text("a") == "rival")
        #expect(try scratch.names == ["a"])
    }

    @Test func buffersAreWrittenInOrder() throws {
        let first = Array("header".utf8)
        let second: [Float] = [1, 2, 3]
        try first.withUnsafeBytes { first in
            try second.withUnsafeBytes { second in
                try DurableFile.write(
                    [first, UnsafeRawBufferPointer(start: nil, count: 0), second],
                    to: scratch.file("a"), replacing: false)
            }
        }
        let expected =
            Array("header".utf8) + second.flatMap { value in withUnsafeBytes(of: value, Array.init) }
        #expect(try DurableFile.read(scratch.file("a"), maximumByteCount: 100) == expected)
    }

    @Test func failureHalfWayLeavesTheOldFileAndNoTemporary() throws {
        try scratch.write("old", as: "a")
        // The kernel refuses to read from this address: a write that fails after the first buffer.
        let unreadable = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 8), count: 100)
        let header = Array("header".utf8)
        let error = #expect(throws: FileError.self) {
            try header.withUnsafeBytes { header in
                try DurableFile.write([header, unreadable], to: scratch.file("a"), replacing: true)
            }
        }
        #expect(error?.operation == .write)
        #expect(try scratch.text("a") == "old")
        #expect(try scratch.names == ["a"])
    }

    @Test func nothingIsUnderTheFinalNameDuringTheWrite() throws {
        try DurableFile.write(to: scratch.file("a"), replacing: false) { (file) throws(FileError) in
            try file.append(Array("half".utf8))
            #expect(!FileManager.default.fileExists(atPath: scratch.file("a")))
        }
        #expect(try scratch.text("a") == "half")
    }

    @Test func fileNameOfTheGreatestLengthIsWritten() throws {
        let name = String(repeating: "n", count: 255)
        try DurableFile.write(Array("new".utf8), to: scratch.file(name), replacing: false)
        #expect(try scratch.names == [name])
    }

    @Test func commitGivesTheTemporaryFileItsName() throws {
        try scratch.write("streamed", as: "part")
        try scratch.write("old", as: "a")
        try DurableFile.commit(temporary: scratch.file("part"), to: scratch.file("a"))
        #expect(try scratch.text("a") == "streamed")
        #expect(try scratch.names == ["a"])
    }

    @Test func failedCommitKeepsBothFiles() throws {
        try scratch.write("streamed", as: "part")
        try scratch.write("old", as: "a")
        let error = #expect(throws: FileError.self) {
            try DurableFile.commit(temporary: scratch.file("part"), to: scratch.file("a"), replacing: false)
        }
        #expect(error?.reason == .alreadyExists)
        #expect(try scratch.text("a") == "old")
        #expect(try scratch.text("part") == "streamed")
    }

    @Test func commitOfAMissingTemporaryNamesIt() {
        let error = #expect(throws: FileError.self) {
            try DurableFile.commit(temporary: scratch.file("part"), to: scratch.file("a"))
        }
        #expect(error?.path == scratch.file("part"))
        #expect(error?.reason == .notFound)
    }

    @Test(arguments: [false, true])
    func exclusiveRenameTakesOnlyAFreeName(hasHardLinks: Bool) throws {
        func rename(_ source: String, _ path: String) throws(SystemError) {
            if hasHardLinks {
                try FileSystem.linkExclusively(source, to: path)
            } else {
                try FileSystem.reserveExclusively(source, to: path)
            }
        }
        try scratch.write("new", as: "part")
        try scratch.write("old", as: "taken")
        #expect(throws: SystemError.exists) { try rename(scratch.file("part"), scratch.file("taken")) }
        #expect(try scratch.text("taken") == "old")
        #expect(throws: Never.self) { try rename(scratch.file("part"), scratch.file("free")) }
        #expect(try scratch.text("free") == "new")
        #expect(try scratch.names == ["free", "taken"])
    }

    @Test func directoryOfAPath() {
        #expect(DurableFile.directory(of: "a/b/c") == "a/b")
        #expect(DurableFile.directory(of: "/c") == "/")
        #expect(DurableFile.directory(of: "c") == ".")
        #expect(DurableFile.directory(of: "ä/é") == "ä")
    }
}
