import DigitRecognition
import DigitServer
import Foundation
import Settings

/// The program `digits-server`.
@main
enum DigitsServerCommand {
    /// What is a mistake in the arguments, as sysexits.h has it.
    private static let usageFailure: Int32 = 64

    static func main() async {
        do {
            try await run(Invocation(Array(CommandLine.arguments.dropFirst())))
        } catch let error as SettingsError {
            Console.complain("\(error)")
            exit(usageFailure)
        } catch {
            Console.complain("\(error)")
            exit(1)
        }
    }

    private static func run(_ invocation: Invocation) async throws {
        switch invocation {
        case .help: Console.tell(HelpText.whole)
        case .version: Console.tell("digits-server \(ModelInformation.currentVersion)")
        case .settingsTable: Console.tell(ServerConfiguration.table.markdown)
        case .token(let name):
            guard let name else {
                throw CommandFailure(reason: "A token needs one name: digits-server token NAME.")
            }
            try TokenCommand.run(name: name)
        case .checkConfiguration(let arguments):
            try ServeCommand(configuration(arguments)).check()
            Console.tell("The settings and their files are good.")
        case .serve(let arguments):
            try await ServeCommand(configuration(arguments)).run()
        }
    }

    private static func configuration(_ arguments: [String]) throws(SettingsError) -> ServerConfiguration {
        try ServerConfiguration(arguments: arguments, environment: ProcessInfo.processInfo.environment)
    }
}
