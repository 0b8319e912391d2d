import Hummingbird
import Logging

/// Answers every request with a text: how fast Hummingbird is by itself, for `Utilities/ServingMeasurements`.
@main
enum PlaintextServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8081
        let router = Router()
        router.get("/") { _, _ in "Hello, World!" }
        var logger = Logger(label: "plaintext")
        logger.logLevel = .error
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
        try await application.runService()
    }
}
