import DigitServer
import Foundation
import HTTPMiddleware
import Logging
import Settings
import StructuredLogging
import Testing

@Suite struct ServerConfigurationTests {
    private static let documentation = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../../Documentation/Serving.md")

    @Test func theDocumentationHasTheTableOfThisProgram() throws {
        let text = try String(contentsOf: Self.documentation, encoding: .utf8)
        #expect(
            text.contains(ServerConfiguration.table.markdown),
            "Put what `digits-server --settings-table` prints into Documentation/Serving.md.")
    }

    @Test func everySettingHasANameOfItsOwn() {
        let names = ServerConfiguration.table.names
        #expect(Set(names).count == names.count)
        #expect(!names.contains { $0 == "config" || $0.hasPrefix("no-") })
    }

    @Test func helpFitsATerminal() {
        #expect(ServerConfiguration.table.help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func settingsReachTheService() throws {
        let configuration = try ServerConfiguration(
            arguments: [
                "--port", "0", "--model", "mine=runs/first", "--model", "other=a=b.safetensors", "--alias",
                "best=mine", "--default-version", "mine=2", "--default-version", "other=10",
                "--no-shipped-models", "--threads", "3", "--body-limit", "4MiB", "--inference-deadline",
                "0.25",
                "--allow-origin", "https://example.org", "--log-format", "json", "--log-level", "debug",
            ],
            environment: ["DIGITS_SERVER_PICTURE_PIXELS": "1000000", "PATH": "/bin"])
        let (service, operation) = (configuration.service, configuration.operation)
        #expect(service.port == 0 && service.workers == 3 && !service.models.includesShipped)
        #expect(service.models.sources.map(\.name) == ["mine", "other"])
        #expect(service.models.sources.map(\.path) == ["runs/first", "a=b.safetensors"])
        #expect(service.models.aliases == ["best": "mine"])
        #expect(service.models.defaultVersions == ["mine": 2, "other": 10])
        #expect(service.limits.bodyByteCount == 4 << 20 && service.limits.picturePixels == 1_000_000)
        #expect(service.times.inference == .milliseconds(250))
        #expect(operation.allowedOrigins.map(\.description) == ["https://example.org"])
        #expect(operation.logFormat == .json && operation.logLevel == .debug && operation.hasMetrics)
    }

    @Test(arguments: [
        (["--tls-key", "k"], "--tls-key is given without --tls-certificate: give both, or neither."),
        (["--tls-certificate", "c"], "--tls-certificate is given without --tls-key: give both, or neither."),
        (
            ["--allow-origin", "*"],
            "--allow-origin is “*”, but must be an origin such as https://example.org, without a path."
        ),
        (
            ["--model", "runs/first"],
            "--model is “runs/first”, but must be a name and a path with “=” between them."
        ),
        (
            ["--default-version", "mine=0"],
            "--default-version is “mine=0”, but must be a model's name and a version, a whole number from 1, with “=” between them."
        ),
        (["--modles-folder", "x"], "There is no --modles-folder: did you mean --models-folder?"),
        (["--port", "65536"], "--port is “65536”, but must be a whole number from 0 to 65535."),
    ])
    func mistakesAreToldInASentence(_ arguments: [String], _ sentence: String) {
        do {
            _ = try ServerConfiguration(arguments: arguments, environment: [:])
            Issue.record("no error")
        } catch {
            #expect("\(error)" == sentence)
        }
    }
}
