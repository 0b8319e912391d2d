import ArgumentParser
import DigitRecognition
import ModelReports
import PlainText
import TerminalGraphics

/// `digits models`: the models that come with the program.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Lists the models that come with the program.",
        discussion: """
            EXAMPLES:
              digits models
              digits predict --index 7               the first one reads
              digits evaluate tiny
              digits models --json

            Where a command takes a model file, the name of one of these will do.
            """)

    @Flag(help: "Print a JSON array instead of text.")
    var json = false

    func run() throws {
        let models = PretrainedModel.all.map { (shipped: $0, model: $0.model()) }
        let output = TerminalStream.standardOutput
        if json {
            try output.print(JSONText.array(models.map { $0.model.summary(of: $0.shipped) }).text)
            return
        }
        var table = TextTable([
            .init("Model"), .init("Test accuracy"), .init("Parameters", .right), .init("Bytes", .right),
        ])
        for (shipped, model) in models {
            table.append([
                shipped.name, model.information.accuracy?.text ?? "unknown",
                NumberText.grouped(model.network.layout.parameterCount),
                NumberText.grouped(shipped.byteCount),
            ])
        }
        let notes = models.flatMap {
            ["\($0.shipped.name): \($0.shipped.summary)", "  \($0.model.trainingCommand)"]
        }
        try output.print(
            lines: table.lines + [
                "", "What each is, and what trains it again, to the bit on equal processors:",
            ]
                + notes)
        TerminalStream.standardError.note("Next: digits predict --index 7")
    }
}

extension Model {
    /// What trained the model, as far as its file knows.
    fileprivate var trainingCommand: String {
        "digits train --recipe \(information.recipe ?? "unknown") --seed \(information.seed ?? 0)"
    }

    fileprivate func summary(of shipped: PretrainedModel) -> JSONText {
        .object([
            ("name", .string(shipped.name)), ("summary", .string(shipped.summary)),
            ("test_correct", information.accuracy.map { .integer($0.correct) } ?? .null),
            ("test_count", information.accuracy.map { .integer($0.count) } ?? .null),
            ("parameters", .integer(network.layout.parameterCount)), ("bytes", .integer(shipped.byteCount)),
            ("retrain", .string(trainingCommand)),
        ])
    }
}
