import ArgumentParser
import Datasets
import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics
import TrainingRuns

/// `digits summary`: the layers of a model or a recipe, and what a model's file says about it.
struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Lists the layers of a model or a recipe.",
        usage: "digits summary <model> | --recipe <recipe>",
        discussion: """
            EXAMPLES:
              digits summary --recipe notebook
              digits summary runs/notebook-0001
            """)

    @Argument(
        help: ArgumentHelp("The model, \(NamedModel.forms)."),
        completion: .file(extensions: ["safetensors"]), transform: NamedModel.init)
    var model: NamedModel?

    @Option(
        help: "A recipe in place of a model: \(Recipe.names.joined(separator: ", ")).",
        completion: .list(Recipe.names))
    var recipe: String?

    @OptionGroup var changes: ChangeOptions

    func validate() throws {
        if let recipe { _ = try Recipe.typed(recipe) }
    }

    func run() throws {
        // Not in validate(), which comes before an unknown option is told, such as a mistyped --recipe.
        if (model == nil) == (recipe == nil) {
            throw CommandFailure.misuse(
                "Give either a model file or --recipe with a name, such as --recipe notebook.", of: Self.self)
        }
        let output = TerminalStream.standardOutput
        if let recipe {
            let recipe = try Recipe.typed(recipe)
            try output.print("Recipe \(recipe.name): \(recipe.summary)")
            try output.print("Training: \(recipe.settingsText)\n".wrappedAtSemicolons(to: output.columns))
            try output.print(
                lines: Network(
                    recipe.network, input: Shape(DatasetDescription.mnist.imageShape), seed: 0
                ).summaryLines)
            TerminalStream.standardError.note("Next: digits train --recipe \(recipe.name)")
        } else if let named = model {
            let model = try named.load(changes)
            try output.print(
                lines: ModelSummary.lines(model, path: named.name, columns: output.columns) + [""]
                    + model.network.summaryLines)
            TerminalStream.standardError.note(
                "Next: digits evaluate \(ShellText.quoted(named.name))\(changes.arguments)")
        }
    }
}

extension Recipe {
    /// How it trains, as one line of text.
    fileprivate var settingsText: String {
        let settings = RunSettings(recipe: self, dataset: .mnist, seed: 0, threads: 1)
        return
            ((members > 1 ? ["\(members) members, each"] : []) + settings.basics + settings.features
            + ["normalization \(normalization)"]).joined(separator: "; ")
    }
}
