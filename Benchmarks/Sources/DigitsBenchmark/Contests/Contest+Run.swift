import Foundation

extension Contest {
    /// Starts all contestants, lets them take turns, and writes what was measured.
    func run(_ settings: RunSettings, _ circumstances: Circumstances, report: (String) -> Void) throws {
        var lines = [ResultLine.circumstances(circumstances)]
        var workers: [(key: String, process: WorkerProcess)] = []
        for contestant in contestants {
            if case .peer = contestant.program, !settings.withPeers { continue }
            guard let command = try contestant.command(settings) else {
                lines.append(.absent(key: contestant.key))
                report("\(name): \(contestant.key) is not installed here")
                continue
            }
            let worker = try WorkerProcess(command)
            workers.append((contestant.key, worker))
            lines.append(
                .contestant(
                    key: contestant.key, name: worker.description.name,
                    settings: worker.description.settings))
        }
        for turn in 1...settings.turns {
            for (key, process) in workers {
                let values = try process.run()
                lines.append(.turn(key: key, turn: turn, values: values))
                let text = values.sorted { $0.key < $1.key }.map { "\($0.key) \(Int($0.value.rounded()))" }
                report("\(name), turn \(turn): \(key) \(text.joined(separator: ", "))")
            }
        }
        for (_, process) in workers { try process.end() }
        try ResultsFile(name, in: settings).write(lines)
    }
}
