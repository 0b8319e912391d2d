import ArgumentParser

/// Refuses an option that is given twice where one value is meant; the parser would take the last in silence.
enum RepeatedOption {
    static func check(_ arguments: [String], of command: any ParsableCommand.Type) throws(CommandFailure) {
        let words = Array(arguments.prefix { $0 != "--" })
        let names = words.filter { $0.hasPrefix("-") && $0 != "-" }.map(name)
        // Most command lines need no look at the options.
        guard Set(names).count < names.count || names.contains(where: { !$0.hasPrefix("--") }) else { return }
        let options = CommandOptions(of: command)
        var seen: Set<[String]> = []
        var place = 0
        while place < words.count {
            let word = words[place]
            place += 1
            guard let option = options[name(word)], option.takesValue else { continue }
            // The value is no option, whatever it looks like.
            if !word.contains("=") { place += 1 }
            if !option.isRepeating, !seen.insert(option.names).inserted {
                throw .misuse("\(name(word)) is given twice, but takes one value. Give it once.", of: command)
            }
        }
    }

    /// `--name` of `--name=value`.
    private static func name(_ word: String) -> String { String(word.prefix { $0 != "=" }) }
}
