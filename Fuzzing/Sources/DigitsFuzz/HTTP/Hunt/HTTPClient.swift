/// Tries cases on one server, one after the other.
final class HTTPClient {
    let port: Int
    /// How long it waits for anything.
    let patience: Double
    /// How many answers of each status there were.
    private(set) var statuses: [Int: Int] = [:]

    /// The connection that goes on from case to case, and what came on it and was not looked at.
    private var connection: Socket?
    private var received: [UInt8] = []

    init(port: Int, patience: Double) {
        self.port = port
        self.patience = patience
    }

    /// What is wrong with how the server bears a case; nil where nothing is.
    func fault(_ trial: HTTPCase) -> HTTPFault? {
        do throws(HTTPFault) {
            switch trial.ending {
            case .answers(let due): try exchange(trial.bytes, due)
            case .end: try exchangeUntilEnd(trial.bytes)
            case .reset:
                let socket = try connected()
                socket.send(trial.bytes)
                socket.resetAtEnd()
            }
            return nil
        } catch {
            disconnect()
            return error
        }
    }

    /// The answer to a valid request, on a connection of its own.
    func answer(to request: [UInt8]) throws(HTTPFault) -> HTTPAnswer {
        disconnect()
        let socket = try connected()
        connection = socket
        guard socket.send(request) else { throw Self.missing }
        return try nextAnswer(HTTPRequest.DueAnswer(statuses: [200], isToHead: false), on: socket)
    }

    func disconnect() {
        connection = nil
        received = []
    }
}

extension HTTPClient {
    private static let missing = HTTPFault(.missing, "The connection was closed without an answer.")

    private func connected() throws(HTTPFault) -> Socket {
        do {
            return try Socket(port: port)
        } catch {
            throw HTTPFault(.end, "\(error)")
        }
    }

    /// The connection that goes on, or a new one.
    private func current() throws(HTTPFault) -> Socket {
        if let connection { return connection }
        return try connected()
    }

    private func exchange(_ bytes: [UInt8], _ due: [HTTPRequest.DueAnswer]) throws(HTTPFault) {
        let isUsed = connection != nil
        do throws(HTTPFault) {
            try exchange(bytes, due, on: try current())
        } catch {
            // The server may have ended a connection that was used before.
            guard isUsed, error == Self.missing else { throw error }
            disconnect()
            try exchange(bytes, due, on: try connected())
        }
    }

    private func exchange(
        _ bytes: [UInt8], _ due: [HTTPRequest.DueAnswer], on socket: Socket
    ) throws(HTTPFault) {
        connection = socket
        // What is refused before all of it was sent is answered, too.
        socket.send(bytes)
        for (index, one) in due.enumerated() {
            let answer = try nextAnswer(one, on: socket)
            if answer.isLast || one.isLast {
                disconnect()
                guard index == due.count - 1 else {
                    throw HTTPFault(
                        .missing, "The connection ended \(due.count - index - 1) answers too early.")
                }
            }
        }
        guard received.isEmpty else {
            throw HTTPFault(.unasked, "More came than was asked for: \(HTTPAnswer.quoted(received[...]))")
        }
    }

    /// Takes the next answer of what came, and of what comes.
    private func nextAnswer(_ due: HTTPRequest.DueAnswer, on socket: Socket) throws(HTTPFault) -> HTTPAnswer {
        var hasEnded = false
        while true {
            if let answer = try HTTPAnswer(
                received[...], isToHead: due.isToHead, hasEnded: hasEnded && !received.isEmpty)
            {
                try note(answer, due)
                received.removeFirst(answer.byteCount)
                if answer.status >= 200 { return answer }
                continue
            }
            if hasEnded { throw Self.missing }
            switch socket.receive(into: &received, within: patience) {
            case .bytes: break
            case .end: hasEnded = true
            case .silence:
                throw HTTPFault(.silence, "Nothing was answered for \(patience) s (--case-seconds).")
            }
        }
    }

    private func note(_ answer: HTTPAnswer, _ due: HTTPRequest.DueAnswer) throws(HTTPFault) {
        statuses[answer.status, default: 0] += 1
        if let fault = answer.fault(received[...]) { throw fault }
        guard answer.status < 200 || due.statuses.isEmpty || due.statuses.contains(answer.status) else {
            throw HTTPFault(
                .status,
                "A valid request was answered with \(answer.status): \(HTTPAnswer.quoted(answer.body))")
        }
    }

    private func exchangeUntilEnd(_ bytes: [UInt8]) throws(HTTPFault) {
        let socket = try connected()
        socket.send(bytes)
        socket.finishSending()
        var all: [UInt8] = []
        reading: while true {
            switch socket.receive(into: &all, within: patience) {
            case .bytes: break
            case .end: break reading
            case .silence:
                throw HTTPFault(
                    .silence,
                    "The connection did not end for \(patience) s (--case-seconds), though the client's side had."
                )
            }
        }
        var rest = all[...]
        while !rest.isEmpty, let answer = try HTTPAnswer(rest, isToHead: false, hasEnded: true) {
            statuses[answer.status, default: 0] += 1
            if let fault = answer.fault(rest) { throw fault }
            rest = rest.dropFirst(answer.byteCount)
        }
    }
}
