import Foundation

extension Contest {
    /// Starts all contestants, lets them take turns, and writes what was measured.
    ///
    /// A turn in which somebody else kept a core busy is kept and marked, and another is added for it, up to twice the
    /// number of turns.
    func run(_ settings: RunSettings, _ circumstances: Circumstances, report: (String) -> Void) throws {
        var lines = [ResultLine.circumstances(circumstances)]
        var workers: [(key: String, process: WorkerProcess)] = []
        for contestant in contestants {
            if case .peer = contestant.program, !settings.withPeers { continue }
            do {
                guard let command = try contestant.command(settings) else {
                    throw BenchmarkFailure("It is not installed here.")
                }
                let worker = try WorkerProcess(command)
                workers.append((contestant.key, worker))
                lines.append(
                    .contestant(
                        key: contestant.key, name: worker.description.name,
                        settings: worker.description.settings))
            } catch let failure as BenchmarkFailure {
                lines.append(.absent(key: contestant.key))
                report("\(name): no \(contestant.key). \(failure)")
            }
        }
        var (turn, quietTurns) = (0, 0)
        while quietTurns < settings.turns && turn < 2 * settings.turns {
            turn += 1
            var isQuiet = true
            for (key, process) in workers {
                let values = try process.run()
                isQuiet = isQuiet && Turn.isQuiet(values)
                lines.append(.turn(key: key, turn: turn, values: values))
                report("\(name), turn \(turn): \(key) \(Self.text(values))")
            }
            if isQuiet { quietTurns += 1 }
        }
        for (_, process) in workers { try process.end() }
        try ResultsFile(name, in: settings).write(lines)
    }

    private static func text(_ values: [String: Double]) -> String {
        values.sorted { $0.key < $1.key }.map { name, value in
            "\(name) \(value < 10 ? (value * 100).rounded() / 100 : value.rounded())"
        }.joined(separator: ", ")
    }
}

/// One round of a contest.
enum Turn {
    /// Whether nobody else used more than a small part of a core.
    static func isQuiet(_ values: [String: Double]) -> Bool { values["others", default: 0] < 0.15 }
}
