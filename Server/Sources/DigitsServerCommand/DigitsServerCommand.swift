import ArgumentParser
import DigitServer
import Hummingbird

/// The program `digits-server`.
@main
struct DigitsServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-server", abstract: "Serves models and reads pictures over HTTP.")

    @Option(help: "The name or address that connections are accepted on.")
    var host = "127.0.0.1"

    @Option(help: "The port that connections are accepted on; with 0 the system chooses one.")
    var port = 8080

    func run() async throws {
        var settings = ServerSettings()
        settings.host = host
        settings.port = port
        try await DigitServer.application(settings).runService()
    }
}
