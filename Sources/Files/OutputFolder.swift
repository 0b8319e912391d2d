import Files

/// A folder that was empty or new when some work began, so that its results overwrite nothing.
struct OutputFolder {
    /// Its path, as the user would type it.
    let path: String
    /// Whether it was made for this work.
    private let isNew: Bool

    /// The folder that the user named. It is made where it does not exist, with those that it lies in.
    /// - Parameter writer: What will write into it, for the message: `a run`.
    /// - Throws: `DurableFileError` if it cannot be made or written to, `CommandFailure` if it holds something.
    init(named name: String, for writer: String) throws {
        path = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
        isNew = try Self.makeFolders(path)
        let (names, error) = SystemCalls.names(in: path)
        guard let names else { throw Self.failure(path, error) }
        guard names.isEmpty else {
            throw CommandFailure.failure(
                "'\(path)' is not empty, and \(writer) overwrites nothing. "
                    + "Name a folder that is empty or does not exist.")
        }
        let refusal = SystemCalls.refusalToWrite(in: path)
        guard refusal == 0 else {
            discardIfEmpty()
            throw Self.failure(path, refusal)
        }
    }

    /// A folder of its own name; nil where there is something of that name. What it lies in must exist.
    init?(new path: String) throws(DurableFileError) {
        guard try Self.makeFolder(path) else { return nil }
        self.path = path
        isNew = true
    }

    /// Takes the folder away again if it was made for this work and holds nothing.
    func discardIfEmpty() {
        if isNew { SystemCalls.removeFolder(path) }
    }
}

extension OutputFolder {
    /// Makes a folder and those that it lies in.
    /// - Returns: Whether it is new.
    static func makeFolders(_ path: String) throws(DurableFileError) -> Bool {
        do {
            return try makeFolder(path)
        } catch {
            guard error.reason == .notFound, let slash = path.lastIndex(of: "/"), slash > path.startIndex
            else {
                throw error
            }
        }
        let parent = String(path[..<path.lastIndex(of: "/")!])
        _ = try makeFolders(parent)
        return try makeFolder(path)
    }

    /// Makes one folder.
    /// - Returns: False where there is something of that name.
    private static func makeFolder(_ path: String) throws(DurableFileError) -> Bool {
        let error = SystemCalls.makeFolder(path)
        if error == 0 { return true }
        let failure = failure(path, error)
        if failure.reason == .alreadyExists { return false }
        throw failure
    }

    private static func failure(_ path: String, _ error: Int32) -> DurableFileError {
        DurableFileError(path: path, operation: .create, errorNumber: error)
    }
}
