/// What can be wrong with how a server bears a case.
struct HTTPFault: Error, Equatable {
    /// What is looked for. A `FaultyProxy` makes each of them on purpose.
    enum Kind: String, CaseIterable {
        /// The process ended.
        case end
        /// Nothing came for too long.
        case silence
        /// The connection was closed, where an answer was due.
        case missing
        /// The answer is no HTTP.
        case malformed
        /// More came than was asked for.
        case unasked
        /// The server says that it failed.
        case failure
        /// A valid request has another status than it should.
        case status
        /// An error has no sentence for people.
        case wordless
        /// The answer has something of the server's inside.
        case indiscreet
        /// A valid request has a wrong result.
        case result
        /// Descriptors stay open.
        case descriptors
        /// Memory is not given back.
        case memory
    }

    let kind: Kind
    let sentence: String

    init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }
}
