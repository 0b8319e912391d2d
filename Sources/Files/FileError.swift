#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Why a file could not be written or read: which one, in which step, and what the system said.
public struct DurableFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step that failed.
    public enum Operation: Hashable, Sendable {
        /// Creating the temporary file in the path's directory.
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
        /// A part of the path before the last is not a directory.
        case notDirectory
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
    public var reason: Reason {
        switch errorNumber {
        case EEXIST: .alreadyExists
        case EISDIR: .isDirectory
        case ENOENT: .notFound
        case ENOTDIR: .notDirectory
        case EACCES, EPERM: .notPermitted
        case EROFS: .readOnly
        case ENOSPC, EDQUOT: .full
        case EFBIG: .tooLarge
        default: .other
        }
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
        return "Cannot \(action) '\(path)': \(String(cString: strerror(errorNumber))). \(advice)"
    }

    private var advice: String {
        switch (reason, operation) {
        case (.alreadyExists, _): "Choose another name, or remove that file first."
        case (.isDirectory, .read): "Give the path of a file inside that directory."
        case (.isDirectory, _): "Choose a file name that is not a directory."
        case (.notFound, .read): "Check the path."
        case (.notFound, _): "Create the directory first, or choose one that exists."
        case (.notDirectory, _): "Check the directories in the path."
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
