/// A folder for the results of some work: empty or new when it began, so that they overwrite nothing, unless they may.
package struct OutputFolder {
    /// Its path, as it was given.
    package let path: String
    /// What was made for this work: the folder and those that it lies in, the innermost first.
    private let made: [String]
    /// Whether files in it may be replaced.
    package let replaces: Bool

    /// The folder of a name. It is made where it does not exist, with those that it lies in.
    /// - Parameter replacing: Whether it may hold something, of which files may be replaced.
    /// - Throws: `FileError` if it cannot be made or written to, or holds what may not be replaced (`FileError.Reason.notEmpty`).
    package init(named name: String, replacing: Bool = false) throws(FileError) {
        replaces = replacing
        path = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
        made = try Folder.makeWithParents(path)
        if !replacing, try !Folder.names(in: path, for: .create).isEmpty {
            throw FileError(path: path, operation: .create, cause: .notEmpty)
        }
        do {
            try FileError.check(.create, path, FileSystem.requireWritable(directory: path))
        } catch {
            discardIfEmpty()
            throw error
        }
    }

    /// A folder of its own name; nil where there is something of that name. What it lies in must exist.
    /// - Parameter parents: Those of them that were made for this work, the innermost first.
    package init?(new path: String, in parents: [String] = []) throws(FileError) {
        guard try Folder.make(path) else { return nil }
        self.path = path
        replaces = false
        made = [path] + parents
    }

    /// Takes away again what was made for this work and holds nothing.
    package func discardIfEmpty() { Folder.removeEmpty(made) }
}
