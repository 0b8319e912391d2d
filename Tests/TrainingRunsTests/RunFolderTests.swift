import Files
import TestSupport
import Testing
import TrainingRuns

/// Where a run writes.
struct RunFolderTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    @Test func foldersAreNumberedOneByOne() throws {
        let parent = temporary.file("runs")
        try temporary.write("", as: "runs/fast-0041/kept")
        for number in ["0042", "0043"] {
            #expect(try RunFolder(next: "fast", in: parent).path == "\(parent)/fast-\(number)")
        }
        #expect(try RunFolder(next: "tiny", in: parent).path == "\(parent)/tiny-0001")
        for name in ["tiny-9223372036854775807", "tiny--3", "tiny-+4", "tiny-five"] {
            try temporary.write("", as: "runs/\(name)/kept")
        }
        #expect(try RunFolder(next: "tiny", in: parent).path == "\(parent)/tiny-0002")
    }

    @Test func aFolderThatHoldsSomethingIsRefused() throws {
        try temporary.write("mine", as: "full/kept")
        let path = temporary.file("full")
        let error = #expect(throws: FileError.self) { try RunFolder(named: path) }
        #expect(error?.reason == .notEmpty && error?.path == path)
        #expect(try temporary.paths == ["full", "full/kept"])
    }

    @Test func onlyANewAndEmptyFolderIsTakenAway() throws {
        let new = try RunFolder(named: temporary.file("new"))
        let used = try RunFolder(named: temporary.file("used"))
        try temporary.write("", as: "used/model.safetensors")
        let old = try RunFolder(named: temporary.path + "/new")
        for folder in [old, used] { folder.discardIfEmpty() }
        #expect(try temporary.names == ["new", "used"])
        new.discardIfEmpty()
        #expect(try temporary.names == ["used"])
    }

    @Test func onlyARunIsReplaced() throws {
        try temporary.write("mine", as: "project/report.html")
        let path = temporary.file("project")
        let error = #expect(throws: FileError.self) { try RunFolder(replacing: path) }
        #expect(error?.reason == .notEmpty && error?.path == path)
        try temporary.write("{}", as: "project/settings.json")
        _ = try RunFolder(replacing: path)
        _ = try RunFolder(replacing: temporary.file("new"))
        #expect(
            try temporary.paths == ["new", "project", "project/report.html", "project/settings.json"])
    }
}
