internal import Foundation
internal import Synchronization

#if canImport(FoundationNetworking)
    internal import FoundationNetworking
#endif

/// One HTTP request whose answer is added to a part file as it arrives.
///
/// Where the part file holds bytes already, the server is asked for the rest. If it sends all from the start instead,
/// the part starts anew.
final class Transfer: NSObject, URLSessionDataDelegate, Sendable {
    private let url: URL
    private let part: PartFile
    private let byteLimit: Int
    private let stallTimeout: Duration
    private let report: Report
    private let resumingAt: Int
    private let state: Mutex<State>

    /// Is told of the bytes on disk, and of the total where the server told it.
    typealias Report = @Sendable (_ bytes: Int, _ total: Int?) -> Void

    private struct State {
        /// Bytes in the part file.
        var received: Int
        /// Bytes of the whole file, where the server told them.
        var total: Int?
        var lastArrival = ContinuousClock.now
        /// Whether an answer has begun whose body is the file.
        var isAnswered = false
        /// How it ended; from then on nothing is written.
        var result: Result<Void, any Error>?
        var waiter: CheckedContinuation<Void, any Error>?

        /// Adds arrived bytes to the part file.
        /// - Returns: Bytes on disk and in all; nil where the bytes do not belong to the file.
        mutating func accept(_ data: Data, into part: PartFile, limit: Int) throws -> (Int, Int?)? {
            // Some versions of the session deliver the body of a refused answer all the same.
            guard isAnswered, result == nil else { return nil }
            guard data.count <= limit - received else { throw MirrorFailure.Reason.tooLarge(limit: limit) }
            try data.withUnsafeBytes { try part.append($0) }
            received += data.count
            lastArrival = .now
            return (received, total)
        }
    }

    /// Prepares a request.
    /// - Parameters:
    ///   - url: The address of the file.
    ///   - part: Takes the bytes.
    ///   - byteLimit: The most bytes that the file may have.
    ///   - stallTimeout: The request is given up when nothing arrives for this long.
    ///   - report: Told of the progress, on any thread.
    init(
        url: URL, part: PartFile, byteLimit: Int, stallTimeout: Duration, report: @escaping Report
    ) {
        self.url = url
        self.part = part
        self.byteLimit = byteLimit
        self.stallTimeout = stallTimeout
        self.report = report
        resumingAt = part.size
        state = Mutex(State(received: resumingAt))
    }

    /// Runs the request to its end.
    /// - Throws: `MirrorFailure.Reason` for a fault of the network or server, `DatasetError` for one of this machine's
    ///   disk, `CancellationError`. The part file keeps what arrived.
    func run() async throws {
        let configuration = URLSessionConfiguration.ephemeral
        // Only a backstop, some seconds later than `watch`.
        configuration.timeoutIntervalForRequest = stallTimeout.seconds + 15
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        let watcher = Task { await watch() }
        defer { watcher.cancel() }

        var request = URLRequest(url: url)
        // The archive as it is: a server may otherwise decompress it on the way, and ranges would count other bytes.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if resumingAt > 0 {
            request.setValue("bytes=\(resumingAt)-", forHTTPHeaderField: "Range")
        }
        let task = session.dataTask(with: request)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let early = state.withLock { state in
                    if state.result == nil { state.waiter = continuation }
                    return state.result
                }
                if let early {
                    continuation.resume(with: early)
                } else {
                    task.resume()
                }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    /// Gives the request up when nothing has arrived for too long.
    private func watch() async {
        while true {
            let (deadline, received) = state.withLock { ($0.lastArrival + stallTimeout, $0.received) }
            if ContinuousClock.now >= deadline {
                fail(.stalled(seconds: stallTimeout.seconds, received: received))
                return
            }
            guard (try? await Task.sleep(until: deadline)) != nil else { return }
        }
    }

    private func fail(_ reason: MirrorFailure.Reason) {
        finish(.failure(reason))
    }

    /// Ends the request; only the first call counts.
    private func finish(_ result: Result<Void, any Error>) {
        let waiter = state.withLock { state in
            guard state.result == nil else { return nil as CheckedContinuation<Void, any Error>? }
            state.result = result
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: result)
    }
}

// MARK: - What the session tells

extension Transfer {
    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        do {
            let begin = try AnswerHead(response, resumingAt: resumingAt)
            if let total = begin.total, total > byteLimit {
                throw MirrorFailure.Reason.tooLarge(limit: byteLimit)
            }
            if begin.start == 0 { try part.restart() }
            state.withLock { state in
                state.received = begin.start
                state.total = begin.total
                state.lastArrival = .now
                state.isAnswered = true
            }
            report(begin.start, begin.total)
            completionHandler(.allow)
        } catch {
            finish(.failure(error))
            completionHandler(.cancel)
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        do {
            let progress = try state.withLock { state in
                try state.accept(data, into: part, limit: byteLimit)
            }
            if let (bytes, total) = progress { report(bytes, total) }
        } catch {
            finish(.failure(error))
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let state = state.withLock { (received: $0.received, total: $0.total, isAnswered: $0.isAnswered) }
        if (error as? URLError)?.code == .timedOut {
            fail(.stalled(seconds: stallTimeout.seconds, received: state.received))
        } else if let error, !state.isAnswered {
            fail(.unreachable(error.localizedDescription))
        } else if error != nil || state.received < state.total ?? 0 {
            fail(.interrupted(received: state.received, expected: state.total))
        } else {
            finish(.success(()))
        }
    }
}

/// What the head of an answer says about the body that follows.
private struct AnswerHead {
    /// Where in the file the body begins.
    let start: Int
    /// Bytes of the whole file, where the server told them.
    let total: Int?

    /// Reads the head of an answer to a request for the file from `resumingAt` on.
    init(_ response: URLResponse, resumingAt: Int) throws(MirrorFailure.Reason) {
        guard let response = response as? HTTPURLResponse else {
            throw .unreachable("the answer is not HTTP")
        }
        let type = response.value(forHTTPHeaderField: "Content-Type")?.lowercased() ?? ""
        switch response.statusCode {
        case 200, 206:
            if type.hasPrefix("text/html") { throw .webPage }
        case 416:
            throw .wrongRange("status 416")
        default:
            throw .status(response.statusCode)
        }
        if response.statusCode == 200 {
            start = 0
            total = response.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
        } else {
            let range = response.value(forHTTPHeaderField: "Content-Range") ?? "no Content-Range"
            // As "bytes 500-999/1000"; the total may be "*".
            guard let match = range.wholeMatch(of: /bytes (\d+)-\d+\/(\d+|\*)/), Int(match.1) == resumingAt,
                resumingAt > 0
            else { throw .wrongRange(range) }
            start = resumingAt
            total = Int(match.2)
        }
    }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var seconds: Double { self / .seconds(1) }
}
