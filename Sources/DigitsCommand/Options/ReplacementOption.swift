import ArgumentParser
import Files

/// Whether what is written may take the place of what exists. The same for every command that writes.
struct ReplacementOption: ParsableArguments {
    @Flag(help: "Replace what is there.")
    var force = false

    /// Refuses a file that exists, before any work is done for it.
    /// - Throws: `CommandFailure`, or `FileError` for what is no file.
    func check(_ path: String) throws {
        guard !FileKind.isFolder(path) else {
            throw CommandFailure.failure(
                "'\(path)' is a folder, and this command writes a file. Name a file.")
        }
        do throws(FileError) {
            try DurableFile.requireFree(path, replacing: force)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
            throw CommandFailure.failure(
                "'\(path)': File exists. Choose another name, or add --force to replace it.")
        }
    }
}
