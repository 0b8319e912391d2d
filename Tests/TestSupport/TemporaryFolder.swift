package import Foundation

/// A new, empty folder for one test, removed with this object.
package final class TemporaryFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "digits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        remove()
    }

    /// Removes the folder before its time.
    package func remove() { try? FileManager.default.removeItem(at: url) }

    /// The folder's path, without a slash at its end.
    package var path: String { url.path }

    /// The path of a name in the folder.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names in the folder, hidden ones included, in order.
    package var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// The paths of everything in the folder and below, in order.
    package var paths: [String] {
        get throws { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }
    }

    /// A file's contents.
    package func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: url.appending(path: name)))
    }

    /// A file's contents as text.
    package func text(_ name: String) throws -> String {
        try String(contentsOfFile: file(name), encoding: .utf8)
    }

    /// Writes a file, and makes the folders that it lies in.
    /// - Returns: Where it is.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, as name: String) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    /// Writes a file of text, and makes the folders that it lies in.
    @discardableResult
    package func write(_ text: String, as name: String) throws -> URL {
        try write(text.utf8, as: name)
    }
}
