import ArgumentParser

/// The command `digits`.
struct Digits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits",
        abstract: "Reads handwritten digits: data, training, evaluation and prediction.",
        discussion: """
            EXAMPLES:
              digits data fetch            get MNIST once, checked and kept in the cache
              digits show --index 7        look at a digit, as it is and normalised
              digits show --grid 4x8       look at many
            """,
        version: "0.1.0",
        subcommands: [DataCommand.self, ShowCommand.self])
}
