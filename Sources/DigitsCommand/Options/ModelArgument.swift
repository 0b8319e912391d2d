import ArgumentParser
import DigitRecognition

/// The model that a command works with.
struct ModelArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The model, \(NamedModel.forms). (default: \(PretrainedModel.names[0]))"),
        completion: .file(extensions: ["safetensors"]), transform: NamedModel.init)
    var model = NamedModel.shipped(PretrainedModel.all[0])

    @OptionGroup var changes: ChangeOptions

    /// Reads the model.
    func load() throws -> Model { try model.load(changes) }

    /// What to say where no picture is named and the model is a number or a picture: people type what they want read.
    var indexSuggestion: String? {
        Int(model.name).map { "No picture is named. Did you mean '--index \($0)'?" }
            ?? ReadCommand.suggestion(inPlaceOfModel: model.name)
    }
}

/// What is done with model files that are no longer as they were written. The same for every command that reads some.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Read a model file that another program has changed since it was written.")
    var allowChanges = false

    /// What to type again for the same.
    var arguments: String { allowChanges ? " --allow-changes" : "" }
}
