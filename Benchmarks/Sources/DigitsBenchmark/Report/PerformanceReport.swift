import Foundation

/// `Documentation/Performance.md`: the results of all rows, with the notes that people wrote.
struct PerformanceReport {
    let measured: [String: Measured]
    /// What people say of the numbers: `report/notes.md`.
    let notes: String
    /// The picture's file name, beside the report.
    let chart: String

    init(_ settings: RunSettings, chart: String) throws {
        self.chart = chart
        var measured: [String: Measured] = [:]
        for row in Row.all {
            if let results = try Measured(row.name, in: settings) { measured[row.name] = results }
        }
        self.measured = measured
        notes = try String(
            contentsOf: settings.folder.appendingPathComponent("report/notes.md"), encoding: .utf8)
    }

    var text: String {
        get throws {
            """
            # Performance

            Written by `make benchmark` from its results; do not edit. What people say of the numbers comes from
            `Benchmarks/report/notes.md`; how it is measured, and how to measure some rows alone, is said in
            [Benchmarks](../Benchmarks/README.md).

            \(circumstances)
            \(KernelRow.peak(measured))

            ## Against the goals

            \(try goals)
            ![Images per second, ours and others'](\(chart))

            \(notes)
            ## All rows

            Medians over turns, lowest and highest in parentheses. The contestants of a row take turns within the same
            minutes; the last column is the median of the ratios turn by turn, *digits* being 1.

            \(rows)
            """
        }
    }

    /// Where and with what the rows were measured; rows of different days or commits have a line each.
    private var circumstances: String {
        var table = MarkdownTable([
            "date", "commit", "processor", "instruction set", "Swift", "system", "rows",
        ])
        let groups = Dictionary(grouping: measured.keys) { key in
            let c = measured[key]!.circumstances
            return [
                String(c.date.prefix(10)), c.commit, "\(c.processor), \(c.cores) cores", c.kernels, c.swift,
                c.system,
            ]
        }
        for (cells, keys) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            table.add(cells + [groups.count == 1 ? "all" : keys.sorted().joined(separator: ", ")])
        }
        return table.text
    }

    private var goals: String {
        get throws {
            var table = MarkdownTable(["", "goal", "at least", "measured", "verdict"])
            for goal in Goal.all {
                let value = try goal.value(measured)
                table.add([
                    goal.title, goal.text(goal.goal), goal.text(goal.minimum),
                    value.map(goal.text) ?? "not measured", value.map(goal.verdict) ?? "–",
                ])
            }
            return table.text
        }
    }

    private var rows: String {
        Row.all.compactMap { row in measured[row.name].flatMap { row.section($0) } }.joined(separator: "\n")
    }
}
