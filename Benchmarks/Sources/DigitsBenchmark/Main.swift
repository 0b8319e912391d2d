import ArgumentParser

/// The benchmark of the package above.
@main
struct DigitsBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-benchmark",
        abstract: "Measures digits, alone and beside other people's programs.",
        subcommands: [ListCommand.self, RunCommand.self, ReportCommand.self, WorkerCommand.self])
}
