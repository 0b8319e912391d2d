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
