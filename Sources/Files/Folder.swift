/// Folders, apart from the files in them.
package enum Folder {
    /// Makes one folder.
    /// - Returns: False where there is something of that name.
    package static func make(_ path: String) throws(FileError) -> Bool {
        do {
            try FileError.check(.create, path, FileSystem.makeDirectory(path))
            return true
        } catch  where error.reason == .alreadyExists {
            return false
        }
    }

    /// Makes a folder and those that it lies in.
    /// - Returns: Those that were made, the innermost first; none where it exists.
    /// - Throws: `FileError` if it cannot be made, or what is there is no folder.
    @discardableResult
    package static func makeWithParents(_ path: String) throws(FileError) -> [String] {
        do {
            if try make(path) { return [path] }
        } catch {
            guard error.reason == .notFound, let slash = path.lastIndex(of: "/"), slash > path.startIndex
            else {
                throw error
            }
            let parents = try makeWithParents(String(path[..<slash]))
            return try make(path) ? [path] + parents : parents
        }
        guard try FileError.check(.create, path, FileSystem.status(of: path)).isDirectory else {
            throw FileError(path: path, operation: .create, cause: .notDirectory)
        }
        return []
    }

    /// Takes away those of some folders that hold nothing, in their order.
    package static func removeEmpty(_ paths: [String]) {
        for path in paths { FileSystem.removeDirectory(path) }
    }

    /// The names in a folder, in no order.
    /// - Parameter operation: The step that wants to know them, for the error.
    package static func names(
        in path: String, for operation: FileError.Operation = .read
    ) throws(FileError) -> [String] {
        try FileError.check(operation, path, FileSystem.names(in: path))
    }
}
