import Files
import TrainingRuns

extension RunFolder {
    /// Where runs are kept unless the user names a place.
    private static let parent = "runs"

    /// The folder that the user named, which may hold an earlier run where that may be replaced, else the next of its name under
    /// `runs`, as `runs/notebook-0001`.
    /// - Throws: `FileError` if it cannot be made, `CommandFailure` if it holds something.
    static func make(output: String?, name: String, replacing: Bool) throws -> RunFolder {
        guard let output else { return try RunFolder(next: name, in: parent) }
        do {
            return try replacing ? RunFolder(replacing: output) : RunFolder(named: output)
        } catch {
            guard replacing, error.reason == .notEmpty else { throw error.refusal(by: "a run") }
            throw CommandFailure.failure(
                "'\(output)' holds no run that could be replaced: it has no settings.json. "
                    + "Name a run's folder, or one that is empty or does not exist.")
        }
    }
}
