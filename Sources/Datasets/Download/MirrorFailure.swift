public import FoundationBasics

/// Why one mirror did not give a file.
public struct MirrorFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address that was asked.
    public let url: URL
    /// What went wrong there.
    public let reason: Reason

    /// What can go wrong with one mirror.
    public enum Reason: Error, Hashable, Sendable {
        /// No answer: no network, unknown host, connection refused.
        case unreachable(String)
        /// An answer other than the file, such as 404.
        case status(Int)
        /// A web page in place of the file.
        case webPage
        /// The connection ended before the file did.
        case interrupted(received: Int, expected: Int?)
        /// Nothing more arrived for this long.
        case stalled(seconds: Double, received: Int)
        /// More bytes than the file can have.
        case tooLarge(limit: Int)
        /// Another part of the file than was asked for.
        case wrongRange(String)
        /// All bytes arrived, but they are not the file.
        case refused(DatasetError)
    }

    /// Joins the two.
    public init(url: URL, reason: Reason) {
        self.url = url
        self.reason = reason
    }

    /// The address and the reason, on one line.
    public var description: String { "\(url.absoluteString): \(reason)" }
}

extension MirrorFailure.Reason: CustomStringConvertible {
    /// What happened, without the address.
    public var description: String {
        switch self {
        case .unreachable(let reason):
            "no answer (\(reason))."
        case .status(let code):
            "the server answered with status \(code) instead of the file."
        case .webPage:
            "the server sent a web page instead of the file."
        case .interrupted(let received, let expected?):
            "the connection broke after \(received) of \(expected) bytes."
        case .interrupted(let received, nil):
            "the connection broke after \(received) bytes."
        case .stalled(let seconds, let received):
            "nothing arrived for \(Int(exactly: seconds).map(String.init) ?? "\(seconds)") seconds after \(received) bytes."
        case .tooLarge(let limit):
            "the server sent more than \(limit) bytes, the most that the file can have."
        case .wrongRange(let range):
            "the server was asked to continue the file and sent another part (\(range))."
        case .refused(let error):
            "what arrived was thrown away: \(error)"
        }
    }
}
