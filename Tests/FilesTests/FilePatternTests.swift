import Files
import TestSupport
import Testing

@Suite struct FilePatternTests {
    @Test func patternsStandForNames() throws {
        let folder = try TemporaryFolder()
        for name in ["a1.png", "a2.png", ".a3.png", "b/c1.png"] { try folder.write("", as: name) }
        func names(_ pattern: String) -> [String] {
            FileSystem.paths(matching: folder.file(pattern)).map {
                String($0.dropFirst(folder.path.count + 1))
            }
        }
        #expect(names("*.png").sorted() == ["a1.png", "a2.png"])
        #expect(names("a?.png").sorted() == ["a1.png", "a2.png"])
        #expect(names("a[2-9].png") == ["a2.png"])
        #expect(names("*/*.png") == ["b/c1.png"])
        #expect(names("*.jpg") == [])
        #expect(FileSystem.isPattern("a*") && FileSystem.isPattern("a?") && FileSystem.isPattern("[a]"))
        #expect(!FileSystem.isPattern("a.png"))
    }
}
