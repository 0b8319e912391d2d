import Foundation

/// Tries cases on a server with several clients at a time.
struct HTTPHunt {
    let cases: HTTPCaseMaker
    let probe: Probe
    let limits: HTTPLimits
    /// Starts the server that is tried.
    let start: () throws -> any TriedServer
    /// Is told what was found.
    let report: (HTTPFinding) throws -> Void

    /// After so many it is known that there is work to do.
    private static let mostFindings = 10

    /// What came of it.
    struct Result {
        var findings: [HTTPFinding] = []
        /// How it went, in a sentence.
        var summary = ""
    }

    /// Tries cases until there are enough of them, or of findings, or the time is over.
    /// - Parameter count: How many cases there are; nil for as many as there is time for.
    func run(from first: Int, count: Int?, seconds: Double?) throws -> Result {
        let begin = ContinuousClock.now
        let state = HTTPHuntState(
            first: first, count: count, end: seconds.map { begin + .seconds($0) },
            mostFindings: Self.mostFindings)
        var result = Result()
        var growth: Growth?
        while !state.isOver {
            let server = try start()
            defer { server.stop() }
            growth = try round(state, on: server)
            var found = state.takeFindings()
            if state.hasServerEnded { found.append(try end(of: server, state.inFlight)) }
            for finding in found { try report(finding) }
            result.findings += found
            state.count(findings: result.findings.count)
        }
        let took = (ContinuousClock.now - begin) / .seconds(1)
        result.summary = state.summary(seed: cases.seed, seconds: took) + (growth.map { " \($0)" } ?? "")
        return result
    }

    /// Tries cases on one server until it ends, or all is over.
    /// - Returns: What the server took; nil where it has ended, or the system does not tell.
    private func round(_ state: HTTPHuntState, on server: any TriedServer) throws -> Growth? {
        if let fault = probe.fault(of: HTTPClient(port: server.port, patience: limits.caseSeconds)) {
            throw HuntFailure("The server answers wrongly before anything was tried: \(fault.sentence)")
        }
        let idle = ServerUsage(process: server.number)
        state.begin()
        let done = DispatchSemaphore(value: 0)
        for index in 0..<limits.connections {
            HTTPClientLoop(
                index: index, port: server.port, process: server.number, patience: limits.caseSeconds,
                cases: cases,
                probe: probe, state: state
            ).start(done)
        }
        for _ in 0..<limits.connections { done.wait() }
        guard let idle, let growth = Growth(of: server, idle: idle, warm: state.warm ?? idle) else {
            return nil
        }
        for fault in growth.faults(limits) { state.add(HTTPFinding(number: nil, fault: fault)) }
        return growth
    }

    /// Why a server takes no connections: the one of the cases that were tried which ends another server, too.
    private func end(of server: any TriedServer, _ numbers: [Int]) throws -> HTTPFinding {
        for number in numbers.sorted() {
            let other = try start()
            defer { other.stop() }
            let client = HTTPClient(port: other.port, patience: limits.caseSeconds)
            _ = client.fault(cases.make(number))
            if probe.fault(of: client)?.kind == .end, other.hasEnded {
                return HTTPFinding(number: number, fault: HTTPFault(.end, other.wayItEnded))
            }
        }
        let sentence = server.hasEnded ? server.wayItEnded : "The server takes no connections."
        return HTTPFinding(
            number: nil,
            fault: HTTPFault(.end, "\(sentence) No case did it alone; these were tried: \(numbers.sorted()).")
        )
    }
}
