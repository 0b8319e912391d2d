import Dispatch
import Foundation
import Synchronization

/// Sends requests at planned times and says how long answers take from these times: what someone sees who does not wait for a slow server
/// before they ask again. A client has one request under way; what is planned meanwhile is sent late, which counts.
///
/// Usage: `LoadGenerator PORT PATH BODY RATE CLIENTS SECONDS [FIELD]`: the file of a request's body, requests a second of all clients
/// together, connections, how long, and one more header field. Prints one line.
@main
struct LoadGenerator {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        guard (6...7).contains(words.count), let plan = Plan(Array(words)) else {
            FileHandle.standardError.write(
                Data("Usage: LoadGenerator PORT PATH BODY RATE CLIENTS SECONDS [FIELD]\n".utf8))
            exit(64)
        }
        let outcomes = Mutex<[Outcome]>([])
        let start = ContinuousClock.now + .milliseconds(200)
        let group = DispatchGroup()
        for number in 0..<plan.clients {
            group.enter()
            Thread.detachNewThread {
                let own = plan.run(client: number, from: start)
                outcomes.withLock { $0 += own }
                group.leave()
            }
        }
        group.wait()
        print(Summary(outcomes: outcomes.withLock { $0 }, time: .now - start))
    }
}

/// What came of a request.
struct Outcome {
    /// The answer's status; nil if there was none.
    let status: Int?
    /// From the planned time to the end of the answer.
    let time: Duration
    /// How much of it passed before the request was sent.
    let lateness: Duration
}

/// Which requests are sent when.
struct Plan {
    let port: UInt16
    let request: [UInt8]
    let rate: Double
    let clients: Int
    let seconds: Double

    init?(_ words: [String]) {
        guard let port = UInt16(words[0]), let body = FileManager.default.contents(atPath: words[2]),
            let rate = Double(words[3]), rate > 0, let clients = Int(words[4]), clients > 0,
            let seconds = Double(words[5]), seconds > 0
        else { return nil }
        self.port = port
        var head = "POST \(words[1]) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n"
        if words.count == 7 { head += words[6] + "\r\n" }
        request = Array((head + "\r\n").utf8) + body
        (self.rate, self.clients, self.seconds) = (rate, clients, seconds)
    }

    /// Sends the requests of one client: each `clients`-th of all, which are spread evenly.
    func run(client: Int, from start: ContinuousClock.Instant) -> [Outcome] {
        var outcomes: [Outcome] = []
        var connection = Connection(port: port)
        for number in stride(from: client, to: Int(rate * seconds), by: clients) {
            let planned = start + .seconds(Double(number) / rate)
            let wait = planned - .now
            if wait > .zero { Thread.sleep(forTimeInterval: wait / .seconds(1)) }
            let lateness = .now - planned
            let status = connection?.ask(request)
            outcomes.append(Outcome(status: status, time: .now - planned, lateness: lateness))
            if status == nil || connection?.isLast == true { connection = Connection(port: port) }
        }
        return outcomes
    }
}

/// The line that is printed.
struct Summary: CustomStringConvertible {
    let outcomes: [Outcome]
    /// From the first planned request to the last answer.
    let time: Duration

    var description: String {
        let statuses = Dictionary(grouping: outcomes) { $0.status.map(String.init) ?? "lost" }.mapValues(
            \.count)
        let answered = outcomes.filter { $0.status == 200 }
        let counts = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(
            separator: ", ")
        let rate = String(format: "%.0f", Double(statuses["200"] ?? 0) / (time / .seconds(1)))
        return
            "\(rate) answers/s; \(counts); from the planned time \(quantiles(answered.map(\.time))); "
            + "from when it was sent \(quantiles(answered.map { $0.time - $0.lateness }))"
    }

    private func quantiles(_ times: [Duration]) -> String {
        guard !times.isEmpty else { return "-" }
        let sorted = times.map { $0 / .milliseconds(1) }.sorted()
        return [("p50", 0.5), ("p99", 0.99), ("most", 1)]
            .map { name, part in
                String(format: "\(name) %.2f ms", sorted[Int(Double(sorted.count - 1) * part)])
            }
            .joined(separator: ", ")
    }
}
