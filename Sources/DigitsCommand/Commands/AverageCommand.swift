import ArgumentParser
import DigitRecognition
import PlainText
import TerminalGraphics

/// `digits average`: several models as one, an ensemble.
struct AverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Makes one model of several, which reads with their mean.",
        usage: "digits average <model> <model> ... --output <file>",
        discussion: """
            EXAMPLES:
              digits average a.safetensors b.safetensors --output both.safetensors
              digits average runs/first runs/second --output both.safetensors

            The models read equal pictures, normalised alike, and tell apart the same
            classes. 'digits train --members' trains and averages in one go.
            """)

    @Argument(
        help: ArgumentHelp("The models, each \(NamedModel.forms)."),
        completion: .file(extensions: ["safetensors"]), transform: NamedModel.init)
    var models: [NamedModel] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file of the new model.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String?

    @OptionGroup var changes: ChangeOptions
    @OptionGroup var replacement: ReplacementOption

    func run() throws {
        // Not in validate(), which comes before an unknown option is told.
        guard models.count > 1 else {
            throw CommandFailure.misuse("An average needs at least two models. Name them.", of: Self.self)
        }
        guard let output, output != "" else {
            throw CommandFailure.misuse(
                "No file is named for the new model. Add --output ensemble.safetensors.", of: Self.self)
        }
        try replacement.check(output)
        let members = try models.map { try $0.load(changes) }
        let ensemble: Model
        do {
            ensemble = try Model(averaging: members)
        } catch {
            throw CommandFailure.failure("These models cannot be averaged. \(error)")
        }
        try ensemble.save(to: output, replacing: replacement.force)
        try TerminalStream.standardOutput.print(
            "Wrote \(output), the average of \(models.count) models, "
                + "\(NumberText.grouped(ensemble.network.layout.parameterCount)) parameters.")
        TerminalStream.standardError.note("Next: digits evaluate \(ShellText.quoted(output))")
    }
}
