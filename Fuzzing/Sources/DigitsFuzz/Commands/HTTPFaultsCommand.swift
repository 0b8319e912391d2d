import ArgumentParser
import Foundation

/// Lets a proxy make each fault that is looked for, and says whether it was found.
struct HTTPFaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-faults",
        abstract: "Makes faults between itself and digits-server, each of which must be found.")

    @Argument(help: "The program: the path of digits-server.")
    var program: String

    /// As many cases as it takes until each kind was made.
    private static let caseCount = 2000

    func run() async throws {
        guard let fuzzer = Bundle.main.executableURL else {
            throw HuntFailure("The fuzzer does not know its own path.")
        }
        let digits = try await DigitStamp.images()
        let probe = try Probe(digit: digits[0])
        var limits = HTTPLimits()
        (limits.connections, limits.caseSeconds, limits.growth) = (4, 1, 64)
        let server = try ServerProcess(digitsServer: URL(fileURLWithPath: program))
        defer { server.stop() }
        var hasMissed = false
        for kind in HTTPFault.Kind.allCases.map(Optional.some) + [nil] {
            let arguments = ["faulty-proxy", "\(server.port)"] + (kind.map { [$0.rawValue] } ?? [])
            let hunt = HTTPHunt(
                cases: HTTPCaseMaker(seed: 1, digits: digits), probe: probe, limits: limits,
                start: { try ServerProcess(fuzzer, arguments, folder: ServerProcess.newFolder) },
                report: { _ in })
            let findings = try hunt.run(from: 0, count: Self.caseCount, seconds: nil).findings
            let found = kind == nil ? findings.first : findings.first { $0.fault.kind == kind }
            let name = kind?.rawValue ?? "nothing wrong"
            let isRight = (found == nil) == (kind == nil)
            print(
                "\(isRight ? "As it should be" : "WRONG"): \(name): \(found?.fault.sentence ?? "nothing was found.")"
            )
            hasMissed = hasMissed || !isRight
        }
        if hasMissed { throw ExitCode(1) }
    }
}

/// The proxy of `http-faults`.
struct FaultyProxyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faulty-proxy", abstract: "Stands before a server and makes faults.",
        shouldDisplay: false)

    @Argument(help: "The server's port.")
    var port: Int

    @Argument(help: "The fault.")
    var kind: HTTPFault.Kind?

    func run() throws { try FaultyProxy(kind: kind, port: port).run() }
}

extension HTTPFault.Kind: ExpressibleByArgument {}
