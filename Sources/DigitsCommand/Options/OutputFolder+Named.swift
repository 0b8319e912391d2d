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
        let fact: String
        switch reason {
        case .notEmpty: fact = "is not empty, and \(writer) overwrites nothing"
        // Else a part of the path before the last is none.
        case .notDirectory where FileSystem.exists(path): fact = "is no folder, and \(writer) writes into one"
        default: return self
        }
        return CommandFailure.failure("'\(path)' \(fact). Name a folder that is empty or does not exist.")
    }
}
