import ArgumentParser

/// Names the rows.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the rows.")

    func run() {
        for row in Row.all { print(row.name) }
    }
}
