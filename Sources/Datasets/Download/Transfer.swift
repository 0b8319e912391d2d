internal import CCurl
internal import Dispatch
internal import Files
internal import FoundationBasics
internal import Synchronization

/// One HTTP request whose answer is added to a part file as it arrives.
///
/// Where the part file holds bytes already, the server is asked for the rest. If it sends all from the start instead,
/// the part starts anew.
// Sendable: what changes is touched by the transfer's own thread alone, but for the atomic `isCancelled`.
final class Transfer: @unchecked Sendable {
    private let url: URL
    private let part: PartFile
    private let byteLimit: Int
    private let stallTimeout: Duration
    private let report: Report
    private let resumingAt: Int
    private let isCancelled = Atomic(false)

    // What follows is touched by the transfer's own thread alone.

    /// The head of the answer, as far as it has come.
    private var head = AnswerHead()
    /// Bytes in the part file.
    private var received: Int
    /// Bytes of the whole file, where the server told them.
    private var total: Int?
    private var lastArrival = ContinuousClock.now
    /// Whether an answer has begun whose body is the file.
    private var isAnswered = false
    /// Why the transfer was ended from this side.
    private var failure: (any Error)?

    /// Is told of the bytes on disk, and of the total where the server told it.
    typealias Report = @Sendable (_ bytes: Int, _ total: Int?) -> Void

    /// Makes the system ready for transfers; to be called before the first.
    /// - Throws: `DatasetError.downloaderUnusable`.
    static func prepare() throws(DatasetError) {
        if let reason = digits_curl_load() {
            throw .downloaderUnusable(reason: String(cString: reason))
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
    ) throws(FileError) {
        self.url = url
        self.part = part
        self.byteLimit = byteLimit
        self.stallTimeout = stallTimeout
        self.report = report
        resumingAt = try part.size
        received = resumingAt
    }

    /// Runs the request to its end.
    /// - Throws: `MirrorFailure.Reason` for a fault of the network or server, `FileError` for one of the part file,
    ///   `CancellationError`. The part file keeps what arrived.
    func run() async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A thread of its own, because it waits for the network.
                DispatchQueue(label: "digits.transfer").async {
                    continuation.resume(with: Result { try self.perform() })
                }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }

    private func perform() throws {
        lastArrival = .now
        let fault = get()
        if let failure { throw failure }
        if !isAnswered {
            if let fault { throw MirrorFailure.Reason.unreachable(fault) }
            // An answer without a body.
            try begin()
        }
        guard fault == nil, received >= total ?? 0 else {
            throw MirrorFailure.Reason.interrupted(received: received, expected: total)
        }
    }

    /// Lets libcurl make the request.
    /// - Returns: nil where the answer arrived in full, else what libcurl says.
    private func get() -> String? {
        let range = resumingAt > 0 ? "\(resumingAt)-" : ""
        return url.absoluteString.withCString { url in
            range.withCString { range in
                var request = digits_curl_request(
                    url: url, range: range, context: Unmanaged.passUnretained(self).toOpaque(),
                    head: {
                        Transfer.from($0).accept(headLine: UnsafeRawBufferPointer(start: $1, count: $2))
                    },
                    body: { Transfer.from($0).accept(body: UnsafeRawBufferPointer(start: $1, count: $2)) },
                    goes_on: { Transfer.from($0).goesOn() })
                return withUnsafeTemporaryAllocation(
                    of: CChar.self, capacity: Int(DIGITS_CURL_MESSAGE_SIZE)
                ) { message in
                    digits_curl_get(&request, message.baseAddress)
                        ? nil : message.baseAddress.map { String(cString: $0) }
                }
            }
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl hands on the context that it was given.") }
        return Unmanaged.fromOpaque(context).takeUnretainedValue()
    }
}

// MARK: - What libcurl tells, each answered with whether to go on

extension Transfer {
    private func accept(headLine line: UnsafeRawBufferPointer) -> Bool {
        lastArrival = .now
        head.add(String(decoding: line, as: UTF8.self))
        return true
    }

    private func accept(body bytes: UnsafeRawBufferPointer) -> Bool {
        attempt {
            if !isAnswered { try begin() }
            guard bytes.count <= byteLimit - received else {
                throw MirrorFailure.Reason.tooLarge(limit: byteLimit)
            }
            try part.append(bytes)
            received += bytes.count
            lastArrival = .now
            report(received, total)
        }
    }

    /// The body begins, so the head is complete and no redirection's.
    private func begin() throws {
        let start = try head.start(resumingAt: resumingAt)
        if let total = head.total, total > byteLimit {
            throw MirrorFailure.Reason.tooLarge(limit: byteLimit)
        }
        if start == 0 { try part.restart() }
        received = start
        total = head.total
        isAnswered = true
        report(start, total)
    }

    private func goesOn() -> Bool {
        attempt {
            if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
            if ContinuousClock.now - lastArrival >= stallTimeout {
                throw MirrorFailure.Reason.stalled(seconds: stallTimeout / .seconds(1), received: received)
            }
        }
    }

    /// Remembers why a step failed.
    private func attempt(_ step: () throws -> Void) -> Bool {
        do {
            try step()
            return true
        } catch {
            failure = error
            return false
        }
    }
}
