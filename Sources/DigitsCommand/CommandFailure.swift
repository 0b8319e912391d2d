import ArgumentParser
import Datasets
import DigitRecognition
import TerminalGraphics

/// What the command says when it ends without success, and its exit code.
package struct CommandFailure: Error, Equatable, CustomStringConvertible {
    /// The exit codes of the command.
    package enum Code: Int32, Sendable {
        /// The work could not be done.
        case failure = 1
        /// All was done, but the result is less sure than was asked for.
        case doubt = 3
        /// The command line made no sense (`EX_USAGE` of sysexits.h).
        case misuse = 64
        /// The terminal went away (`SIGHUP`): 128 and the signal's number, as for all that follow.
        case hungUp = 129
        /// Ctrl-C (`SIGINT`).
        case interrupted = 130
        /// Nobody reads the output any more (`SIGPIPE`).
        case unread = 141
        /// Somebody ended the process (`SIGTERM`).
        case terminated = 143
    }

    /// What happened, why, and what to do.
    package let message: String
    /// The exit code.
    package let code: Code

    /// The work could not be done.
    package static func failure(_ message: String) -> CommandFailure {
        CommandFailure(message: message, code: .failure)
    }

    /// The result is less sure than was asked for.
    package static func doubt(_ message: String) -> CommandFailure {
        CommandFailure(message: message, code: .doubt)
    }

    /// The command line asks for something that cannot be.
    package static func misuse(_ message: String) -> CommandFailure {
        CommandFailure(message: message, code: .misuse)
    }

    /// A signal ended the work.
    package static func interrupted(_ message: String) -> CommandFailure {
        CommandFailure(message: message, code: Interrupts.code)
    }

    package var description: String { message }
}

extension CommandFailure {
    /// The command line asks a command for something that cannot be; its help says more.
    static func misuse(_ message: String, of command: any ParsableCommand.Type) -> CommandFailure {
        .misuse("\(message)\nSee 'digits \(command._commandName) --help' for more information.")
    }

    /// Turns any error of a command into a failure with one message.
    init(_ error: any Error, of command: any ParsableCommand.Type) {
        switch error {
        case let failure as CommandFailure:
            self = failure
        case let failure as OutputFailure where failure.isUnread:
            self = CommandFailure(message: failure.description, code: .unread)
        case DatasetError.downloadFailed(let file, _):
            // Each mirror's failure has been told when it happened.
            self = .failure("\(DatasetError.downloadFailed(file: file, failures: []))")
        case is CancellationError:
            self = .interrupted("Interrupted.")
        default:
            let isMisuse = Digits.exitCode(for: error) == .validationFailure
            self = isMisuse ? .misuse(Self.usageMessage(error, of: command)) : .failure("\(error)")
        }
    }

    /// The parser's message and where to read more, without its usage lines.
    private static func usageMessage(_ error: any Error, of command: any ParsableCommand.Type) -> String {
        var message = Digits.message(for: error)
        let lines = Digits.fullMessage(for: error).split(separator: "\n")
        guard let last = lines.last, last.hasPrefix("  See '") else { return message }
        // The parser's suggestions go by letters alone.
        if let match = message.prefixMatch(of: /Unknown option '(--[^'=]+)/) {
            message = UnknownOption.answer(String(match.1), of: command)
        }
        // People who know what they want type the number alone.
        if let match = message.wholeMatch(of: /Unexpected argument '(\d+)'/),
            lines.contains(where: { $0.hasPrefix("Usage: ") && $0.contains("--index") })
        {
            message += ". Did you mean '--index \(match.1)'?"
        } else if let match = message.firstMatch(of: /nexpected argument.*'(.+)'/),
            ImageFormat.isPromised(by: String(match.1))
        {
            message += ". 'digits read' reads pictures."
        }
        return "\(message)\n\(last.drop { $0 == " " })"
    }
}
