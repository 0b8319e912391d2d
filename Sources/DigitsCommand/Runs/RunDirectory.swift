import DurableFiles

/// The folder that a training run writes into; it is never shared with another run.
struct RunDirectory {
    /// Where runs are kept unless the user names a place.
    private static let parent = "runs"
    private static let numberWidth = 4

    /// The folder's path, as the user would type it.
    let path: String
    /// Whether it was made for this run.
    private let isNew: Bool

    /// The model after the last epoch.
    var model: String { path + "/model.safetensors" }
    /// The model after the best epoch.
    var bestModel: String { path + "/best.safetensors" }
    /// Loss and accuracy of each epoch.
    var history: String { path + "/history.csv" }
    /// The same as a figure.
    var curves: String { path + "/curves.svg" }
    /// The settings of the run.
    var settings: String { path + "/settings.json" }

    /// The folder that the user named, else the next of its name under `runs`, as `runs/notebook-0001`.
    /// - Throws: `DurableFileError` if it cannot be made, `CommandFailure` if it holds something.
    static func make(output: String?, name: String) throws -> RunDirectory {
        if let output { return try RunDirectory(emptyFolder: output) }
        return try RunDirectory(next: name)
    }

    private init(emptyFolder: String) throws {
        let path =
            emptyFolder.count > 1 && emptyFolder.hasSuffix("/") ? String(emptyFolder.dropLast()) : emptyFolder
        isNew = try Self.makeFolders(path)
        let (names, error) = SystemCalls.names(in: path)
        guard let names else {
            throw DurableFileError(path: path, operation: .create, errorNumber: error)
        }
        guard names.isEmpty else {
            throw CommandFailure.failure(
                "'\(path)' is not empty, and a run overwrites nothing. Name a folder that is empty or does not exist."
            )
        }
        self.path = path
    }

    private init(next name: String) throws(DurableFileError) {
        _ = try Self.makeFolders(Self.parent)
        let (names, error) = SystemCalls.names(in: Self.parent)
        guard let names else {
            throw DurableFileError(path: Self.parent, operation: .create, errorNumber: error)
        }
        let taken = names.compactMap { $0.hasPrefix("\(name)-") ? Int($0.dropFirst(name.count + 1)) : nil }
        var number = (taken.max() ?? 0) + 1
        while true {
            let digits = String(number)
            let zeros = String(repeating: "0", count: max(0, Self.numberWidth - digits.count))
            let path = "\(Self.parent)/\(name)-\(zeros)\(digits)"
            // Another run may have begun since the names were read.
            if try Self.makeFolder(path) {
                self.path = path
                isNew = true
                return
            }
            number += 1
        }
    }

    /// Takes the folder away again if it was made for this run and holds nothing.
    func discardIfEmpty() {
        if isNew { SystemCalls.removeFolder(path) }
    }
}

extension RunDirectory {
    /// Makes a folder and those that it lies in.
    /// - Returns: Whether it is new.
    private static func makeFolders(_ path: String) throws(DurableFileError) -> Bool {
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
        let failure = DurableFileError(path: path, operation: .create, errorNumber: error)
        if failure.reason == .alreadyExists { return false }
        throw failure
    }
}
