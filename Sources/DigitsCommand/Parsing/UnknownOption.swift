import ArgumentParser

/// Answers an option that a command does not have.
enum UnknownOption {
    /// What to say, without where to read more: the option that other programs call so, why there is none, which command has it, or
    /// the one that may have been mistyped.
    /// - Parameter typed: With its dashes.
    static func answer(_ typed: String, of command: any ParsableCommand.Type) -> String {
        let fact = "Unknown option '\(typed)'"
        let word = normalized(typed)
        let names = names(of: command)
        if let name = names.contains(word) ? word : OptionSynonyms.option(for: word, among: names) {
            return "\(fact). Did you mean '--\(name)'?"
        }
        if let reason = OptionSynonyms.reason(against: word) { return "\(fact). \(reason)" }
        let others = commands(below: Digits.self, path: "digits").filter {
            Self.names(of: $0.type).contains(word)
        }
        if !others.isEmpty {
            let paths = others.prefix(mostCommands).map { "'\($0.path)'" }.joined(separator: ", ")
            return "\(fact). It is an option of \(paths)\(others.count > mostCommands ? " and others" : "")."
        }
        if let near = NearestName.suggestion(for: word, among: names) {
            return "\(fact). Did you mean '--\(near)'?"
        }
        return fact
    }

    /// Commands that are named.
    private static let mostCommands = 3

    /// `learning-rate` of `--learningRate` and `--learning_rate`.
    private static func normalized(_ typed: String) -> String {
        let words = typed.drop { $0 == "-" }.map { letter in
            letter == "_" ? "-" : letter.isUppercase ? "-\(letter.lowercased())" : "\(letter)"
        }
        return String(words.joined().drop { $0 == "-" })
    }

    /// The long names of a command's options, without dashes.
    private static func names(of command: any ParsableCommand.Type) -> [String] {
        CommandOptions(of: command).entries.flatMap(\.names).filter { $0.hasPrefix("--") }.map {
            String($0.dropFirst(2))
        }
    }

    /// The commands that do something.
    private static func commands(
        below command: any ParsableCommand.Type, path: String
    ) -> [(path: String, type: any ParsableCommand.Type)] {
        let subcommands = command.configuration.subcommands
        if subcommands.isEmpty { return [(path, command)] }
        return subcommands.flatMap { commands(below: $0, path: "\(path) \($0._commandName)") }
    }
}
