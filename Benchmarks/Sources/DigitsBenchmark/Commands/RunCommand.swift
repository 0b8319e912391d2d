import ArgumentParser
import Foundation

/// Measures rows and keeps what was measured.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measures rows; the results replace earlier ones of the same rows.")

    @Argument(help: "Names of rows, as 'list' prints them, or the beginnings of names. All unless given.")
    var rows: [String] = []

    @Option(help: "Turns of each contestant.")
    var turns = 5

    @Option(help: "How long a turn lasts, in seconds.")
    var seconds = 1.0

    @Flag(help: "Leaves out other people's programs.")
    var withoutPeers = false

    @Option(help: "The folder with the peers' environments, made by Peers/set-up.sh.")
    var environments: String?

    @OptionGroup
    var data: DataOption

    @OptionGroup
    var folder: FolderOption

    func run() throws {
        let chosen = try Row.matching(rows)
        var settings = RunSettings(
            folder: folder.url, data: data.directory,
            environments: environments.map { URL(fileURLWithPath: $0) }
                ?? folder.url.appendingPathComponent(".peers"))
        settings.withPeers = !withoutPeers
        settings.turns = turns
        settings.seconds = seconds
        // Now, not in a row, whose results of an earlier run would be lost.
        if chosen.contains(where: \.needsData) { _ = try settings.dataFolder }
        let circumstances = try Circumstances.now(in: settings)
        for row in chosen {
            try row.run(settings, circumstances) { line in
                FileHandle.standardError.write(Data("\(line)\n".utf8))
            }
        }
    }
}
