import Dispatch
import Foundation
import Synchronization

/// Sends requests at planned times, whether or not the answers before them have come, and says how long answers take from these times: what
/// a client sees that does not wait for a slow server before it asks again.
///
/// Usage: `LoadGenerator PORT PATH BODY RATE CLIENTS SECONDS`: the file of a request's body, requests a second of all clients together,
/// connections, and how long. Prints one line.
@main
struct LoadGenerator {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 6, let plan = Plan(Array(words)) else {
            FileHandle.standardError.write(
                Data("Usage: LoadGenerator PORT PATH BODY RATE CLIENTS SECONDS\n".utf8))
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
        request =
            Array(
                "POST \(words[1]) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
            + body
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
            let status = connection?.ask(request)
            outcomes.append(Outcome(status: status, time: .now - planned))
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
        let times = outcomes.filter { $0.status == 200 }.map { $0.time / .milliseconds(1) }.sorted()
        func quantile(_ part: Double) -> String {
            times.isEmpty ? "-" : String(format: "%.2f", times[Int(Double(times.count - 1) * part)])
        }
        let counts = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(
            separator: ", ")
        let rate = String(format: "%.0f", Double(statuses["200"] ?? 0) / (time / .seconds(1)))
        return
            "\(rate) answers/s; \(counts); p50 \(quantile(0.5)) ms, p99 \(quantile(0.99)) ms, most \(quantile(1)) ms"
    }
}
