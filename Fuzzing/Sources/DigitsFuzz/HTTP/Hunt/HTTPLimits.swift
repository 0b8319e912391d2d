import ArgumentParser

/// What a server may take.
struct HTTPLimits: ParsableArguments {
    @Option(help: "How many clients there are at a time.")
    var connections = 8

    @Option(help: "How long a client waits for an answer, in seconds.")
    var caseSeconds = 10.0

    @Option(help: "How much more memory the server may take than when it was warm, in megabytes.")
    var growth = 64

    func validate() throws {
        guard 1...1000 ~= connections, caseSeconds >= 0.1, growth > 0 else {
            throw ValidationError(
                "--connections must be 1 to 1000, --case-seconds at least 0.1, and --growth above 0.")
        }
    }
}
