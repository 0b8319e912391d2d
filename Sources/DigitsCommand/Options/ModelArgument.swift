import ArgumentParser
import Datasets
import DigitRecognition
import Files
import ModelReports

/// The model that a command works with: a file, or one that comes with the program.
struct ModelArgument: ParsableArguments {
    @Argument(
        help:
            "A model file that 'digits train' wrote, or a shipped model: \(PretrainedModel.names.joined(separator: ", ")).",
        completion: .file(extensions: ["safetensors"]))
    var model = PretrainedModel.all[0].name

    @OptionGroup var changes: ChangeOptions

    /// Reads the model.
    func load() throws -> Model { try Model.named(model, changes) }

    /// What to say where no picture is named and the model is a number or a picture: people type what they want read.
    var indexSuggestion: String? {
        Int(model).map { "No picture is named. Did you mean '--index \($0)'?" }
            ?? ReadCommand.suggestion(inPlaceOfModel: model)
    }

    /// The training of the model, where its run's folder is at hand.
    var history: History? {
        PretrainedModel.meant(by: model) == nil ? History(besideModel: model) : nil
    }
}

/// What is done with model files that are no longer as they were written. The same for every command that reads some.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Read a model file that another program has changed since it was written.")
    var allowChanges = false
}

extension PretrainedModel {
    /// The names that help and messages list.
    static let names = all.map(\.name)

    /// The shipped model of a name, unless there is a file of that name.
    static func meant(by name: String) -> PretrainedModel? {
        FileSystem.exists(name) ? nil : named(name)
    }
}

extension Model {
    /// Reads the model of a file, or one that comes with the program.
    /// - Throws: `ModelFileError`, or `CommandFailure` for a word that is neither.
    static func named(_ name: String, _ changes: ChangeOptions) throws -> Model {
        if let shipped = PretrainedModel.meant(by: name) { return shipped.model() }
        if !FileSystem.exists(name), name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) {
            let fact = "There is neither a file '\(name)' nor a shipped model of that name."
            let names = PretrainedModel.names
            if let near = NearestName.suggestion(for: name, among: names) {
                throw CommandFailure.failure("\(fact) Did you mean '\(near)'?")
            }
            throw CommandFailure.failure("\(fact) Shipped are: \(names.joined(separator: ", ")).")
        }
        do {
            return try Model(contentsOf: name, allowingChanges: changes.allowChanges)
        } catch {
            if let suggestion = ReadCommand.suggestion(inPlaceOfModel: name) {
                throw CommandFailure.failure(suggestion)
            }
            throw error
        }
    }

    /// Refuses a data set of other classes or with pictures of another size.
    func check(fits images: LabeledImages, of dataset: DatasetDescription) throws(CommandFailure) {
        let shape = Shape(images.images.shape)
        guard shape == network.inputShape else {
            throw .failure(
                "The model takes pictures of \(network.inputShape), but those of \(dataset.title) are \(shape). "
                    + "Use a model that was trained on pictures of that size.")
        }
        guard information.classNames == images.classNames else {
            throw .failure(
                "The model tells apart \(information.classNames.joined(separator: ", ")), but the classes of "
                    + "\(dataset.title) are \(images.classNames.joined(separator: ", ")). "
                    + "Use a model that was trained on \(dataset.title).")
        }
    }
}
