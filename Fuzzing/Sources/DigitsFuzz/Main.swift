import ArgumentParser

/// The fuzzer of the package above.
@main
struct DigitsFuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-fuzz",
        abstract: "Looks for picture files and pictures that digits cannot bear.",
        subcommands: [HuntCommand.self, WorkerCommand.self], defaultSubcommand: HuntCommand.self)
}
