import Foundation

/// A client of a hunt, which tries cases on a thread of its own.
struct HTTPClientLoop: Sendable {
    let index: Int
    let port: Int
    /// The server's.
    let process: Int32?
    let patience: Double
    let cases: HTTPCaseMaker
    let probe: Probe
    let state: HTTPHuntState

    /// How many cases there are until it is looked whether the server still answers rightly.
    private static let probeInterval = 300

    /// Begins.
    /// - Parameter done: Is signalled when there are no cases any more.
    func start(_ done: DispatchSemaphore) {
        Thread.detachNewThread {
            let client = HTTPClient(port: port, patience: patience)
            run(client)
            client.disconnect()
            state.add(statuses: client.statuses)
            done.signal()
        }
    }

    private func run(_ client: HTTPClient) {
        var (tried, previous): (Int, Int?) = (0, nil)
        while let number = state.next(for: index, process: process) {
            let trial = cases.make(number)
            let start = ContinuousClock.now
            var fault = client.fault(trial)
            state.note(number, seconds: (ContinuousClock.now - start) / .seconds(1))
            tried += 1
            if fault == nil, tried % Self.probeInterval == 0 { fault = probe.fault(of: client) }
            defer { previous = number }
            guard let fault else { continue }
            // Whether a closed connection is the server's end, only a new one tells.
            if fault.kind == .end || probe.fault(of: client)?.kind == .end { return state.endServer() }
            state.add(HTTPFinding(number: number, previous: previous, fault: fault))
        }
    }
}
