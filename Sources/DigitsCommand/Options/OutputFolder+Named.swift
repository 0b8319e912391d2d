import Files

extension OutputFolder {
    /// The folder that the user named.
    /// - Parameter writer: What will write into it, for the message: `a report`.
    /// - Throws: `FileError` if it cannot be made or written to, `CommandFailure` if it holds something.
    static func named(_ name: String, for writer: String) throws -> OutputFolder {
        do {
            return try OutputFolder(named: name)
        } catch {
            throw error.refusal(by: writer)
        }
    }
}

extension FileError {
    /// The same for somebody who named a folder.
    /// - Parameter writer: What writes into it: `a run`.
    func refusal(by writer: String) -> any Error {
        guard reason == .notEmpty else { return self }
        return CommandFailure.failure(
            "'\(path)' is not empty, and \(writer) overwrites nothing. "
                + "Name a folder that is empty or does not exist.")
    }
}
