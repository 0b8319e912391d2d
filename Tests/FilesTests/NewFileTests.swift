import Files
import TestSupport
import Testing

@Suite struct NewFileTests {
    @Test func aFileHoldsItsBytes() throws {
        let scratch = try TemporaryFolder()
        try NewFile.write(Array("new".utf8), to: scratch.file("a"))
        try NewFile.write([], to: scratch.file("b"))
        #expect(try scratch.text("a") == "new" && scratch.text("b") == "")
        #expect(try scratch.names.sorted() == ["a", "b"])
    }

    @Test func whatIsThereIsKept() throws {
        let scratch = try TemporaryFolder()
        try scratch.write("old", as: "a")
        let error = #expect(throws: FileError.self) { try NewFile.write([1], to: scratch.file("a")) }
        #expect(error?.reason == .alreadyExists && error?.path == scratch.file("a"))
        #expect(try scratch.text("a") == "old")
        #expect(throws: FileError.self) { try NewFile.write([1], to: scratch.file("none/a")) }
    }
}
