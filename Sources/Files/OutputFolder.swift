/// A folder that was empty or new when some work began, so that its results overwrite nothing.
package struct OutputFolder {
    /// Its path, as it was given.
    package let path: String
    /// What was made for this work: the folder and those that it lies in, the innermost first.
    private let made: [String]

    /// The folder of a name. It is made where it does not exist, with those that it lies in.
    /// - Throws: `FileError` if it cannot be made or written to, or holds something (`FileError.Reason.notEmpty`).
    package init(named name: String) throws(FileError) {
        path = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
        made = try Folder.makeWithParents(path)
        guard try Folder.names(in: path, for: .create).isEmpty else {
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
        made = [path] + parents
    }

    /// Takes away again what was made for this work and holds nothing.
    package func discardIfEmpty() { Folder.removeEmpty(made) }
}
