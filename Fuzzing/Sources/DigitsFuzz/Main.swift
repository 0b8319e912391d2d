import ArgumentParser

/// The fuzzer of the package above, and of its server.
@main
struct DigitsFuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-fuzz",
        abstract: "Looks for picture files, pictures and requests that digits cannot bear.",
        subcommands: [
            HuntCommand.self, WorkerCommand.self, HTTPCommand.self, HTTPFaultsCommand.self,
            FaultyProxyCommand.self,
        ], defaultSubcommand: HuntCommand.self)
}
