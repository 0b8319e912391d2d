import ArgumentParser
import Foundation

/// Writes the report from the results.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes Performance.md and its picture from the results.")

    @Option(help: "The folder to write into. The package's Documentation unless given.")
    var output: String?

    @OptionGroup
    var folder: FolderOption

    func run() throws {
        let settings = RunSettings(
            folder: folder.url, data: nil, environments: folder.url.appendingPathComponent(".peers"))
        let destination =
            output.map { URL(fileURLWithPath: $0) }
            ?? settings.root.appendingPathComponent("Documentation")
        let chart = "performance.svg"
        let report = try PerformanceReport(settings, chart: chart)
        guard !report.measured.isEmpty else {
            throw BenchmarkFailure("There are no results in \(settings.results.path). 'run' makes them.")
        }
        try BarChart(report.measured).svg.write(
            to: destination.appendingPathComponent(chart), atomically: true, encoding: .utf8)
        try report.text.write(
            to: destination.appendingPathComponent("Performance.md"), atomically: true, encoding: .utf8)
        print("Wrote Performance.md and \(chart) to \(destination.path)")
    }
}
