import DigitRecognition
import Files
import ModelReports

/// The folder that a training run writes into; it is never shared with another run.
struct RunDirectory {
    /// Where runs are kept unless the user names a place.
    private static let parent = "runs"
    private static let numberWidth = 4

    private let folder: OutputFolder

    /// The folder's path, as the user would type it.
    var path: String { folder.path }
    /// The model after the last epoch.
    var model: String { path + "/model.safetensors" }
    /// The model after the best epoch.
    var bestModel: String { path + "/best.safetensors" }
    /// Loss and accuracy of each epoch.
    var history: String { path + "/" + History.fileName }
    /// The same as a figure.
    var curves: String { path + "/curves.svg" }
    /// The settings of the run.
    var settings: String { path + "/settings.json" }

    /// The folder that the user named, else the next of its name under `runs`, as `runs/notebook-0001`.
    /// - Throws: `FileError` if it cannot be made, `CommandFailure` if it holds something.
    static func make(output: String?, name: String) throws -> RunDirectory {
        if let output { return RunDirectory(folder: try OutputFolder.named(output, for: "a run")) }
        return try RunDirectory(next: name)
    }

    /// The folder of one member of an ensemble, counted from 1.
    func member(_ number: Int) throws -> RunDirectory {
        RunDirectory(folder: try OutputFolder.named("\(path)/member-\(number)", for: "a run"))
    }

    private init(folder: OutputFolder) { self.folder = folder }

    private init(next name: String) throws(FileError) {
        try Folder.makeWithParents(Self.parent)
        let names = try Folder.names(in: Self.parent, for: .create)
        let taken = names.compactMap { $0.hasPrefix("\(name)-") ? Int($0.dropFirst(name.count + 1)) : nil }
        var number = (taken.max() ?? 0) + 1
        while true {
            let digits = String(number)
            let zeros = String(repeating: "0", count: max(0, Self.numberWidth - digits.count))
            // Another run may have begun since the names were read.
            if let folder = try OutputFolder(new: "\(Self.parent)/\(name)-\(zeros)\(digits)") {
                self.folder = folder
                return
            }
            number += 1
        }
    }

    /// Takes the folder away again if it was made for this run and holds nothing.
    func discardIfEmpty() { folder.discardIfEmpty() }
}
