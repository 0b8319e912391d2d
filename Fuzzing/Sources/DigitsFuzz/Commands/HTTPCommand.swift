import ArgumentParser
import Foundation

/// Sends hostile requests to a server, and says which of them it did not bear.
struct HTTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Sends hostile requests to digits-server.",
        discussion: """
            The program is started on a free port with small limits; of a server that runs already, memory and descriptors are not \
            looked at. A case is the seed and its number: the same two make the same \
            case again. The exit code is 1 where something was found.
            """)

    @Argument(help: "The path of digits-server, or the port of a server that runs on this machine.")
    var server: String

    @OptionGroup
    var which: CaseOptions

    @Option(help: "A file that was kept: its bytes are sent once, and what is answered is shown.")
    var replay: String?

    @OptionGroup
    var limits: HTTPLimits

    func validate() throws {
        if let port = Int(server), !(1...65_535 ~= port) {
            throw ValidationError("The port must be 1 to 65535, not \(port).")
        }
    }

    func run() async throws {
        let start: () throws -> any TriedServer = {
            if let port = Int(server) { return RunningServer(port: port) }
            return try ServerProcess(digitsServer: URL(fileURLWithPath: server))
        }
        if let replay { return try show(URL(fileURLWithPath: replay), on: try start()) }
        let digits = try await DigitStamp.images()
        let maker = HTTPCaseMaker(seed: which.seed, digits: digits)
        let hunt = HTTPHunt(
            cases: maker, probe: try Probe(digit: digits[0]), limits: limits, start: start
        ) { finding in print(try told(finding, maker)) }
        let result = try hunt.run(from: which.first, count: which.cases, seconds: which.time)
        print(result.summary)
        if !result.findings.isEmpty { throw ExitCode(1) }
    }

    /// Keeps what was sent, and says all about it.
    private func told(_ finding: HTTPFinding, _ maker: HTTPCaseMaker) throws -> String {
        guard let number = finding.number else {
            return "FOUND: http, seed \(which.seed): \(finding.fault.sentence)"
        }
        let before = try finding.previous.map { "case \($0), \(try kept($0, maker))" } ?? "nothing"
        let file = try kept(number, maker)
        let made = maker.make(number)
        return """
            FOUND: http, seed \(which.seed), case \(number): \(finding.fault.sentence)
              The case: \(made.name), \(made.bytes.count) bytes, \(HTTPAnswer.quoted(made.bytes[...]))
              Its bytes: \(file)
              Before it, the same client tried: \(before)
              Once more: digits-fuzz http \(server) --seed \(which.seed) --first \(number) --cases 1
              The bytes alone: digits-fuzz http \(server) --replay \(file)
            """
    }

    /// Keeps the bytes of a case.
    /// - Returns: Where.
    private func kept(_ number: Int, _ maker: HTTPCaseMaker) throws -> String {
        let folder = URL(fileURLWithPath: which.keep)
        let file = folder.appendingPathComponent("http-\(which.seed)-\(number).bytes")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(maker.make(number).bytes).write(to: file)
        return file.path
    }

    private func show(_ file: URL, on server: any TriedServer) throws {
        defer { server.stop() }
        let socket = try Socket(port: server.port)
        socket.send([UInt8](try Data(contentsOf: file)))
        var answer: [UInt8] = []
        while socket.receive(into: &answer, within: limits.caseSeconds) == .bytes {}
        FileHandle.standardOutput.write(Data(answer))
        if server.hasEnded { throw HuntFailure(server.wayItEnded) }
    }
}
