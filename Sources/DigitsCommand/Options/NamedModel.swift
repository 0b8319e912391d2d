import DigitRecognition
import Files
import ModelReports
import TrainingRuns

/// The model that somebody named: one that comes with the program, a file, or that of a run's folder.
///
/// The name of a shipped model always means that one; what is in the working directory has its name behind `./`.
enum NamedModel {
    case shipped(PretrainedModel)
    /// The path of a file.
    case file(String)

    /// What can be named, for the help; a sentence without its end.
    static let forms =
        "a file or a run's folder that 'digits train' wrote, or a shipped model: "
        + "\(PretrainedModel.names.joined(separator: ", ")) (a file of such a name is ./\(PretrainedModel.names[1]))"

    /// Tells what was named. A folder means the model in it.
    init(_ name: String) {
        if let shipped = PretrainedModel.named(name) {
            self = .shipped(shipped)
        } else if FileKind.isFolder(name) {
            self = .file(RunFolder.model(in: name))
        } else {
            self = .file(name)
        }
    }

    /// What names it again: a shipped model's name, or a file's path.
    var name: String {
        switch self {
        case .shipped(let model): model.name
        case .file(let path): path
        }
    }

    /// The training of the model, where its run's folder is at hand.
    var history: History? {
        switch self {
        case .shipped: nil
        case .file(let path): History(besideModel: path)
        }
    }

    /// Reads the model.
    /// - Throws: `ModelFileError`, or `CommandFailure` for what is no model.
    func load(_ changes: ChangeOptions) throws -> Model {
        switch self {
        case .shipped(let model): return model.model()
        case .file(let path):
            do {
                return try Model(contentsOf: path, allowingChanges: changes.allowChanges)
            } catch {
                if let suggestion = Self.suggestion(inPlaceOf: path) {
                    throw CommandFailure.failure(suggestion)
                }
                throw error
            }
        }
    }

    /// What to say of a path that is no model; nil where the reader of files says it.
    private static func suggestion(inPlaceOf path: String) -> String? {
        let folder = DurableFile.directory(of: path)
        if !FileSystem.exists(path), RunFolder.model(in: folder) == path, FileKind.isFolder(folder) {
            return "There is no model in the folder '\(folder)': it lacks \(RunFolder.modelName). "
                + "Name a run's folder or a model file."
        }
        if !FileSystem.exists(path), path.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) {
            let fact = "There is neither a file '\(path)' nor a shipped model of that name."
            let names = PretrainedModel.names
            if let near = NearestName.suggestion(for: path, among: names) {
                return "\(fact) Did you mean '\(near)'?"
            }
            return "\(fact) Shipped are: \(names.joined(separator: ", "))."
        }
        return ReadCommand.suggestion(inPlaceOfModel: path)
    }
}

extension NamedModel: CustomStringConvertible {
    var description: String { name }
}

extension PretrainedModel {
    /// The names that help and messages list.
    static let names = all.map(\.name)
}
