import ArgumentParser
import TerminalGraphics

/// The process: parses, runs, and turns every failure into one message on standard error and an exit code.
@main
enum Main {
    static func main() async {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            try VerbCheck.check(arguments, root: Digits.self)
            var command = try Digits.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // A command that has said everything has only a code left.
            if let code = error as? ExitCode { Digits.exit(withError: code) }
            guard let failure = Self.failure(of: error) else { Digits.exit() }
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

    /// What is to be told of an error. Help and the version are thrown by the parser, too: they are printed, and nil is success.
    private static func failure(of error: any Error) -> CommandFailure? {
        guard Digits.exitCode(for: error).isSuccess else { return CommandFailure(error) }
        do {
            try TerminalStream.standardOutput.print(Digits.fullMessage(for: error))
            return nil
        } catch {
            return CommandFailure(error)
        }
    }
}

/// Answers a mistyped verb with the nearest right one; the parser does so for options alone.
enum VerbCheck {
    static func check(_ arguments: [String], root: any ParsableCommand.Type) throws(CommandFailure) {
        var command = root
        var path = name(of: root)
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || argument.hasPrefix("-") { return }
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
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }
}
