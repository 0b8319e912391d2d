import ArgumentParser
import TerminalGraphics

/// The process: parses, runs, and turns every failure into one message on standard error and an exit code.
@main
enum Main {
    static func main() async {
        var type: any ParsableCommand.Type = Digits.self
        do {
            // The parser knows the long name alone.
            let arguments = CommandLine.arguments.dropFirst().enumerated().map { place, argument in
                place == 0 && argument == "-V" ? "--version" : argument
            }
            type = try VerbCheck.command(of: arguments, root: type)
            try RepeatedOption.check(arguments, of: type)
            var command = try Digits.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // A command that has said everything has only a code left.
            if let code = error as? ExitCode { Digits.exit(withError: code) }
            guard let failure = Self.failure(error, of: type) else { Digits.exit() }
            switch failure.code {
            case .unread: break
            case .interrupted, .terminated, .hungUp:
                TerminalStream.standardError.note("digits: \(failure.message)")
            case .failure, .doubt, .misuse:
                TerminalStream.standardError.note("digits: error: \(failure.message)")
            }
            Digits.exit(withError: ExitCode(failure.code.rawValue))
        }
    }

    /// What is to be told of a command's error. Help and the version are thrown by the parser, too: they are printed, and nil is success.
    private static func failure(
        _ error: any Error, of command: any ParsableCommand.Type
    ) -> CommandFailure? {
        guard Digits.exitCode(for: error).isSuccess else { return CommandFailure(error, of: command) }
        do {
            try TerminalStream.standardOutput.print(Digits.fullMessage(for: error))
            return nil
        } catch {
            return CommandFailure(error, of: command)
        }
    }
}

/// Answers a mistyped verb with the nearest right one; the parser does so for options alone.
enum VerbCheck {
    /// The command that is meant.
    /// - Throws: `CommandFailure` for a verb that there is not.
    static func command(
        of arguments: [String], root: any ParsableCommand.Type
    ) throws(CommandFailure) -> any ParsableCommand.Type {
        var command = root
        var path = name(of: root)
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || argument.hasPrefix("-") { break }
            if let next = subcommands.first(where: { name(of: $0) == argument }) {
                command = next
                path += " \(argument)"
            } else if argument == "help" && command == root {
                // What follows names the command that help is wanted for.
                continue
            } else {
                let message =
                    ReadCommand.suggestion(inPlaceOfCommand: argument)
                    ?? NearestName.unknown("command", argument, among: subcommands.map(name(of:)))
                throw .misuse("\(message)\nSee '\(path) --help' for more information.")
            }
        }
        return command
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }
}
