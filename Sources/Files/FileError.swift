/// Why a file could not be written or read: which one, in which step, and what the system said.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step that failed.
    public enum Operation: Hashable, Sendable {
        /// Creating a file or directory; for a file that takes its name when it is complete, the temporary one beside it.
        case create
        /// Writing the contents.
        case write
        /// Flushing the contents or the directory to the disk.
        case synchronize
        /// Giving the finished file its name.
        case rename
        /// Opening or reading the file.
        case read
    }

    /// The cause, for callers that act on it.
    public enum Reason: Hashable, Sendable {
        /// A file of that name exists and may not be replaced.
        case alreadyExists
        /// The path is a directory.
        case isDirectory
        /// The file (when reading) or its directory (when writing) does not exist.
        case notFound
        /// The path, or a part of it before the last, is not a directory.
        case notDirectory
        /// The directory holds something.
        case notEmpty
        /// The path is a device, a pipe or a socket.
        case notRegular
        /// The permissions do not allow it.
        case notPermitted
        /// The file system is mounted read-only.
        case readOnly
        /// The disk or the user's quota is full.
        case full
        /// The file is larger than the reader's or the file system's limit.
        case tooLarge
        /// Anything else; the error number says what.
        case other
    }

    /// The file's path as the caller gave it.
    public let path: String
    /// The step that failed.
    public let operation: Operation
    /// The system's error number (`errno`).
    public let errorNumber: Int32

    /// Creates an error from what the system said.
    public init(path: String, operation: Operation, errorNumber: Int32) {
        self.path = path
        self.operation = operation
        self.errorNumber = errorNumber
    }

    /// The cause, for callers that act on it.
    public var reason: Reason { Reason(errorNumber: errorNumber) }

    /// What the system said, as `No such file or directory`.
    package var systemMessage: String {
        // The system's own words are about devices that are missing.
        reason == .notRegular ? "Not a regular file" : SystemError(number: errorNumber).message
    }

    /// One sentence: the file, the step, what the system said and what to do.
    public var description: String {
        let action =
            switch operation {
            case .create, .write: "write"
            case .synchronize: "flush to the disk"
            case .rename: "put in place"
            case .read: "read"
            }
        return "Cannot \(action) '\(path)': \(systemMessage). \(advice)"
    }

    /// What to do, a sentence.
    package var advice: String {
        switch (reason, operation) {
        case (.alreadyExists, _): "Choose another name, or remove that file first."
        case (.isDirectory, .read): "Give the path of a file inside that directory."
        case (.isDirectory, _): "Choose a file name that is not a directory."
        case (.notFound, .read): "Check the path."
        case (.notFound, _): "Create the directory first, or choose one that exists."
        case (.notDirectory, _): "Check the directories in the path."
        case (.notEmpty, _): "Choose a directory that is empty or does not exist."
        case (.notRegular, .read): "Give a file, not a device or a pipe."
        case (.notRegular, _): "Choose another name: devices, pipes and open streams are not written to."
        case (.notPermitted, .read): "Check the permissions of the file and its directory."
        case (.notPermitted, _): "Choose a directory that you may write to."
        case (.readOnly, _): "Choose a directory on a file system that is not read-only."
        case (.full, _): "Free some space, or choose a directory on another disk."
        case (.tooLarge, .read): "Check that it is the file you meant."
        case (.tooLarge, _): "Choose a directory on a file system that holds larger files."
        case (.other, _): "Check the path and the disk."
        }
    }
}

extension FileError {
    /// Creates an error from the system's refusal.
    package init(path: String, operation: Operation, cause: SystemError) {
        self.init(path: path, operation: operation, errorNumber: cause.number)
    }

    /// The result of a system call.
    /// - Throws: `FileError` with the file and the step where the system refuses it.
    static func check<Result>(
        _ operation: Operation, _ path: String, _ call: @autoclosure () throws(SystemError) -> Result
    ) throws(FileError) -> Result {
        do {
            return try call()
        } catch {
            throw FileError(path: path, operation: operation, cause: error)
        }
    }
}
