import ArgumentParser
import DigitRecognition
import FoundationBasics

/// `digits average`: several models as one, an ensemble.
struct AverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Makes one model of several, which reads with their mean.",
        usage: "digits average <model> <model> ... --output <file>",
        discussion: """
            EXAMPLES:
              digits average a.safetensors b.safetensors --output both.safetensors
              digits average runs/*/model.safetensors --output all.safetensors
              digits average accurate --views cross --output cross.safetensors

            The models read equal pictures, normalised alike, and tell apart the same
            classes. 'digits train --members' trains and averages in one go.

            With --views cross the models see each picture five times, as it is and moved
            by a pixel to each side (test-time augmentation): often more accurate, and five
            times the work. It is of use for a single model, too.
            """)

    @Argument(help: "Model files, or shipped models.", completion: .file(extensions: ["safetensors"]))
    var models: [String] = []

    @Option(
        help: "How the models see a picture: \(TypedValue.viewsForms).",
        completion: .list(TypedValue.viewsNames), transform: TypedValue.views)
    var views = Ensemble.Views.unmoved

    @Option(
        help: ArgumentHelp("The file of the new model, which must not exist yet.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var output: String?

    func run() throws {
        // Not in validate(), which comes before an unknown option is told.
        guard models.count > 1 || models.count == 1 && views != .unmoved else {
            throw CommandFailure.misuse(
                "An average needs at least two models, or one with --views cross. Name them.", of: Self.self)
        }
        guard let output, output != "" else {
            throw CommandFailure.misuse(
                "No file is named for the new model. Add --output ensemble.safetensors.", of: Self.self)
        }
        let members = try models.map(Model.named)
        let ensemble: Model
        do {
            ensemble = try Model(averaging: members, views: views)
        } catch {
            throw CommandFailure.failure("These models cannot be averaged. \(error)")
        }
        try ensemble.save(to: output, replacing: false)
        try TerminalStream.standardOutput.print(
            "Wrote \(output), the average of \(models.count == 1 ? "one model" : "\(models.count) models")"
                + (views == .unmoved ? ", " : " in \(views.count) views, ")
                + "\(NumberText.grouped(ensemble.network.layout.parameterCount)) parameters.")
        TerminalStream.standardError.note("Next: digits evaluate \(ShellText.quoted(output))")
    }
}
