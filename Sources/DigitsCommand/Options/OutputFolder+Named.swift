import Files

extension OutputFolder {
    /// The folder that the user named.
    /// - Parameter writer: What will write into it, for the message: `a run`.
    /// - Throws: `FileError` if it cannot be made or written to, `CommandFailure` if it holds something.
    static func named(_ name: String, for writer: String) throws -> OutputFolder {
        do {
            return try OutputFolder(named: name)
        } catch {
            guard error.reason == .notEmpty else { throw error }
            throw CommandFailure.failure(
                "'\(error.path)' is not empty, and \(writer) overwrites nothing. "
                    + "Name a folder that is empty or does not exist.")
        }
    }
}
