import Foundation
import TestSupport
import Testing

/// What tests find around them.
struct SurroundingsTests {
    @Test func aTemporaryFolderIsRemovedWithItsObject() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(folder?.path)
        try folder?.write("text", as: "a/b")
        try folder?.write([1, 2, 3], as: "c")
        #expect(try folder?.names == ["a", "c"])
        #expect(try folder?.paths == ["a", "a/b", "c"])
        #expect(try folder?.text("a/b") == "text")
        #expect(try folder?.bytes("c") == [1, 2, 3])
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aProgramsOutputAndExitCodeAreKept() throws {
        let folder = try TemporaryFolder()
        try folder.write("", as: "file")
        let shell = Program(URL(filePath: "/bin/sh"), in: folder.url, environment: ["WORD": "out"])
        let result = try shell.run(["-c", "echo $WORD; ls; echo err >&2; exit 3"])
        #expect(result.output == "out\nfile\n")
        #expect(result.errors == "err\n")
        #expect(result.exitCode == 3 && result.hasExited)
    }

    @Test func aProgramIsInterferedWithWhenItHasSpoken() throws {
        let folder = try TemporaryFolder()
        let shell = Program(URL(filePath: "/bin/sh"), in: folder.url)
        let script = "echo ready >&2; until [ -e go ]; do sleep 0.05; done; echo went"
        let result = try shell.run(["-c", script], interferingAt: "ready") { _ in
            _ = try? folder.write("", as: "go")
        }
        #expect(result.output == "went\n")
        #expect(result.errors == "ready\n")
    }

    @Test(.enabled(if: AllocationCount.works, AllocationCount.skipped))
    func allocationsOfThisThreadAreCounted() {
        #expect(AllocationCount.during {} == 0)
        let two = AllocationCount.during {
            UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16).deallocate()
            UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64).deallocate()
        }
        #expect(two == 2)
    }

    @Test func aTreeOfMarkupHasNamesClassesAndTexts() throws {
        let page = try MarkupNode.parse("<p class=\"a b\">one <i>two</i></p>")
        #expect(page.elements("i").map(\.text) == ["two"])
        #expect(page.elements(ofClass: "b").count == 1)
        #expect(page.wholeText == "one two")
        #expect(throws: MarkupNode.Malformed.self) { try MarkupNode.parse("<p>") }
    }
}
