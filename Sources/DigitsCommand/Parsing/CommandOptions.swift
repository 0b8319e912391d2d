import ArgumentParser
import FoundationBasics

/// The options of a command, as the parser describes them.
struct CommandOptions {
    /// An option under all its names.
    struct Entry {
        /// With their dashes.
        let names: [String]
        let takesValue: Bool
        let isRepeating: Bool
    }

    let entries: [Entry]

    /// Asks the parser, which takes some milliseconds.
    init(of command: any ParsableCommand.Type) {
        let description = try? JSONDecoder().decode(Description.self, from: Data(command._dumpHelp().utf8))
        entries = (description?.command.arguments ?? []).compactMap { argument in
            guard let names = argument.names, !names.isEmpty else { return nil }
            return Entry(
                names: names.map { ($0.kind == "long" ? "--" : "-") + $0.name },
                takesValue: argument.kind == "option", isRepeating: argument.isRepeating)
        }
    }

    /// The option of a name with its dashes.
    subscript(name: String) -> Entry? { entries.first { $0.names.contains(name) } }

    /// The parser's description, as far as it is needed.
    private struct Description: Decodable {
        let command: Command

        struct Command: Decodable {
            let arguments: [Argument]?
        }

        struct Argument: Decodable {
            let kind: String
            let isRepeating: Bool
            let names: [Name]?
        }

        struct Name: Decodable {
            let kind: String
            let name: String
        }
    }
}
