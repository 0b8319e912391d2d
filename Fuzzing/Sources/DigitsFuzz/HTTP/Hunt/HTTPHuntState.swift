import Foundation
import Synchronization

/// What was found.
struct HTTPFinding: Sendable {
    /// The case; nil where it was no single one.
    let number: Int?
    /// The one that the same client tried before, perhaps on the same connection.
    var previous: Int?
    let fault: HTTPFault
}

/// What the clients of a hunt share.
final class HTTPHuntState: Sendable {
    private struct Shared {
        var next: Int
        var inFlight: [Int: Int] = [:]
        var findings: [HTTPFinding] = []
        var findingCount = 0
        var hasServerEnded = false
        var statuses: [Int: Int] = [:]
        var slowest = (number: 0, seconds: 0.0)
        var warm: ServerUsage?
    }

    private let first: Int
    private let count: Int?
    private let end: ContinuousClock.Instant?
    private let mostFindings: Int
    /// The number of the case from which on a server takes no more than it does then.
    private let warmNumber: Int
    private let shared: Mutex<Shared>

    init(first: Int, count: Int?, end: ContinuousClock.Instant?, mostFindings: Int) {
        (self.first, self.count, self.end, self.mostFindings) = (first, count, end, mostFindings)
        warmNumber = first + min(20_000, (count ?? 200_000) / 10)
        shared = Mutex(Shared(next: first))
    }

    /// Whether nothing more is to be tried.
    var isOver: Bool { shared.withLock { isOver($0) } }
    /// What the server took when it was warm.
    var warm: ServerUsage? { shared.withLock { $0.warm } }
    /// The cases that are tried now.
    var inFlight: [Int] { shared.withLock { Array($0.inFlight.values) } }

    private func isOver(_ shared: Shared) -> Bool {
        shared.findingCount + shared.findings.count >= mostFindings
            || count.map { shared.next >= first + $0 } ?? false
            || end.map { ContinuousClock.now >= $0 } ?? false
    }

    /// A server was started anew.
    func begin() {
        shared.withLock {
            $0.inFlight = [:]
            $0.hasServerEnded = false
            $0.warm = nil
        }
    }

    /// The number of the next case that a client tries; nil where there is none.
    /// - Parameter process: The server's, to look what it takes as soon as it is warm.
    func next(for client: Int, process: Int32?) -> Int? {
        shared.withLock { shared in
            guard !isOver(shared), !shared.hasServerEnded else { return nil }
            let number = shared.next
            shared.next += 1
            shared.inFlight[client] = number
            if number >= warmNumber, shared.warm == nil { shared.warm = ServerUsage(process: process) }
            return number
        }
    }

    /// A case was borne, and took so long.
    func note(_ number: Int, seconds: Double) {
        shared.withLock { if seconds > $0.slowest.seconds { $0.slowest = (number, seconds) } }
    }

    func add(_ finding: HTTPFinding) { shared.withLock { $0.findings.append(finding) } }

    /// Whether there are no connections any more.
    var hasServerEnded: Bool { shared.withLock { $0.hasServerEnded } }

    /// There are no connections any more.
    func endServer() { shared.withLock { $0.hasServerEnded = true } }

    func add(statuses: [Int: Int]) { shared.withLock { $0.statuses.merge(statuses, uniquingKeysWith: +) } }

    /// What was found since this was asked last.
    func takeFindings() -> [HTTPFinding] {
        shared.withLock { shared in
            defer { shared.findings = [] }
            return shared.findings
        }
    }

    func count(findings: Int) { shared.withLock { $0.findingCount = findings } }

    /// How it went, in a sentence.
    func summary(seed: UInt64, seconds: Double) -> String {
        shared.withLock { shared in
            let tried = shared.next - first
            let statuses = shared.statuses.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            return """
                http, seed \(seed): \(tried) cases from \(first) on in \(Int(seconds.rounded())) s (\(Int(Double(tried) / seconds)) a \
                second), findings: \(shared.findingCount); answers: \(statuses.joined(separator: ", ")); the slowest case \
                (\(shared.slowest.number)) took \(Int(shared.slowest.seconds * 1000)) ms.
                """
        }
    }
}
