import ArgumentParser
import DigitServer
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The program `digits-server`.
@main
struct DigitsServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-server",
        abstract: "Serves models and reads pictures over HTTP.",
        discussion: """
            EXAMPLES:
              digits-server
              digits-server --port 9000 --model mine=runs/first
              digits-server --models-folder /srv/models
              curl --data-binary @photo.jpg http://127.0.0.1:8080/v1/read

            SIGTERM or Ctrl-C ends it when what was asked is answered; the second one ends it at once.
            """)

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let logger = Logger(label: "digits-server") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .notice
            return handler
        }
        let server: DigitServer
        do {
            server = try DigitServer(
                options.settings, logger: logger,
                onReady: { address in
                    guard let address else { return }
                    Console.tell("digits-server answers at \(ServerAddress(address).url)")
                })
        } catch {
            throw CommandFailure(reason: "\(error)")
        }
        let group = ServiceGroup(services: [server], logger: logger)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let watch = Task { await Signals.obey(signals, group) }
        defer { watch.cancel() }
        do {
            try await group.run()
        } catch let error as IOError {
            throw CommandFailure(
                reason: "No connections can be accepted on \(options.host), port \(options.port) (\(error)). "
                    + "Give another --port, or end the program that has it.")
        }
    }
}
