import Foundation

/// A directory of its own for one test, removed at the end.
final class ScratchDirectory {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "durable-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a name in the directory.
    func file(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Everything in the directory, hidden files included.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// A file's contents as text.
    func text(_ name: String) throws -> String {
        try String(contentsOfFile: file(name), encoding: .utf8)
    }

    /// Puts a file in the directory.
    func put(_ text: String, as name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
    }
}
