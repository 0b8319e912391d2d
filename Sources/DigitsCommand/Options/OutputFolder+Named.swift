import Files

extension OutputFolder {
    /// The folder that the user named.
    /// - Parameters:
    ///   - writer: What will write into it, for the message: `a report`.
    ///   - replacing: Whether it may hold something, of which files may be replaced.
    /// - Throws: `FileError` if it cannot be made or written to, `CommandFailure` if it holds something.
    static func named(_ name: String, for writer: String, replacing: Bool) throws -> OutputFolder {
        do {
            return try OutputFolder(named: name, replacing: replacing)
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
        var advice = "Name a folder that is empty or does not exist"
        switch reason {
        case .notEmpty:
            fact = "is not empty, and \(writer) overwrites nothing"
            advice += ", or add --force to replace what is there"
        // Else a part of the path before the last is none.
        case .notDirectory where FileSystem.exists(path): fact = "is no folder, and \(writer) writes into one"
        default: return self
        }
        return CommandFailure.failure("'\(path)' \(fact). \(advice).")
    }
}
