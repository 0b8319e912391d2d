import DigitRecognition
public import Files
import ModelReports
import PlainText

/// The folder that a training run writes into; it is never shared with another run.
public struct RunFolder: Sendable {
    private static let numberWidth = 4
    /// Longer numbers are somebody else's.
    private static let largestNumberWidth = 9

    private let folder: OutputFolder

    /// The folder's path, as the user would type it.
    public var path: String { folder.path }
    /// The model after the last epoch; at the end, the one that the run came to.
    public var model: String { Self.model(in: path) }
    /// The model after the best epoch; there is none without validation.
    public var bestModel: String { path + "/best.safetensors" }
    /// Loss and accuracy of each epoch; of an ensemble, each member's folder has one.
    public var history: String { path + "/" + History.fileName }
    /// The same as a figure.
    public var curves: String { path + "/curves.svg" }
    /// The settings of the run.
    public var settings: String { path + "/settings.json" }

    /// What the model after the last epoch is called.
    package static let modelName = "model.safetensors"

    /// The path of the model in a run's folder.
    package static func model(in path: String) -> String {
        path + (path.hasSuffix("/") ? "" : "/") + modelName
    }

    /// The folder of a path, empty or new. It is made where it does not exist, with those that it lies in.
    /// - Throws: `FileError` if it cannot be made or written to, or holds something (`FileError.Reason.notEmpty`).
    public init(named path: String) throws(FileError) { folder = try OutputFolder(named: path) }

    /// The folder of a path, in which a run takes the place of an earlier one: before it writes, that one's files are removed, and no
    /// others. It is made where it does not exist.
    /// - Throws: `FileError` if it cannot be made or written to, or holds something and no run (`FileError.Reason.notEmpty`).
    public init(replacing path: String) throws(FileError) {
        self.init(try OutputFolder(named: path, replacing: true))
        // What a run has no settings of, somebody else has put there.
        if !FileSystem.exists(settings), try !Folder.names(in: path, for: .create).isEmpty {
            throw FileError(path: path, operation: .create, cause: .notEmpty)
        }
    }

    private init(_ folder: OutputFolder) { self.folder = folder }

    /// A new folder, the next of its name: after `runs/notebook-0001` comes `runs/notebook-0002`.
    /// - Parameter parent: The folder that it lies in, which is made where it does not exist.
    /// - Throws: `FileError` if it cannot be made.
    public init(next name: String, in parent: String) throws(FileError) {
        let made = try Folder.makeWithParents(parent)
        let names = try Folder.names(in: parent, for: .create)
        let taken = names.compactMap {
            $0.hasPrefix("\(name)-") ? Self.number($0.dropFirst(name.count + 1)) : nil
        }
        var number = (taken.max() ?? 0) + 1
        while true {
            // Another run may have begun since the names were read.
            let digits = NumberText.padded("\(number)", to: Self.numberWidth)
            if let folder = try OutputFolder(new: "\(parent)/\(name)-\(digits)", in: made) {
                self.folder = folder
                return
            }
            number += 1
        }
    }

    /// A run's number; nil for what no run is called.
    private static func number(_ text: Substring) -> Int? {
        guard text.count <= largestNumberWidth, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return Int(text)
    }

    /// The folder of one member of an ensemble, counted from 1.
    func member(_ number: Int) throws(FileError) -> RunFolder {
        RunFolder(
            try OutputFolder(
                named: "\(path)/\(Self.memberPrefix)\(number)", replacing: folder.replaces))
    }

    private static let memberPrefix = "member-"

    /// Removes the files of an earlier run, and those of its members, where this run may take its place.
    /// - Throws: `FileError` if something else has one of their names; then nothing is removed.
    func removeEarlierRun() throws(FileError) {
        guard folder.replaces else { return }
        var members: [RunFolder] = []
        for name in try Folder.names(in: path, for: .create)
        where name.hasPrefix(Self.memberPrefix) && Self.number(name.dropFirst(Self.memberPrefix.count)) != nil
        {
            let member = "\(path)/\(name)"
            // What a link leads to is somewhere else.
            guard FileKind.isFolder(member, followsLinks: false) else {
                throw FileError(path: member, operation: .create, cause: .notDirectory)
            }
            members.append(RunFolder(try OutputFolder(named: member, replacing: true)))
        }
        let files = ([self] + members).flatMap(\.files)
        for file in files where FileKind.isFolder(file) {
            throw FileError(path: file, operation: .create, cause: .isDirectory)
        }
        for file in files { FileSystem.removeFile(file) }
        for member in members { FileSystem.removeDirectory(member.path) }
    }

    /// What a run writes.
    private var files: [String] {
        let report = ReportFolder(path: path)
        return [model, bestModel, history, curves, settings, report.page, report.numbers]
    }

    /// Takes away again the folder, and those that it lies in, if they were made for this run and hold nothing.
    public func discardIfEmpty() { folder.discardIfEmpty() }
}
