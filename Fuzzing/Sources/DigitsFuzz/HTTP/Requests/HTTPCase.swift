import DigitRecognition

/// What is sent to a server once, and how that ends.
struct HTTPCase: Sendable {
    enum Ending: Sendable {
        /// Each request has its answer, and the connection goes on.
        case answers([HTTPRequest.DueAnswer])
        /// Nothing more is sent; whatever is answered until the connection ends.
        case end
        /// The connection is reset at once.
        case reset
    }

    /// What is done, in a word.
    let name: String
    let bytes: [UInt8]
    let ending: Ending
}

/// Makes cases: always the same of a seed and a number.
struct HTTPCaseMaker: Sendable {
    let seed: UInt64
    private let requests: ValidRequests

    init(seed: UInt64, digits: [Image]) {
        self.seed = seed
        requests = ValidRequests(digits: digits)
    }

    /// The case of a number. One in six has a connection of its own, which takes a server longer.
    func make(_ number: Int) -> HTTPCase {
        var random = CounterBasedRandom(seed: seed, purpose: .corruption, number)
        switch Int.random(in: 0..<60, using: &random) {
        case 0..<10:
            let attack = ConnectionAttack.allCases.randomElement(using: &random)!
            return HTTPCase(
                name: "\(attack)", bytes: attack.bytes(requests, random: &random),
                ending: attack == .reset ? .reset : .end)
        case 10:
            let count = [2, 3, 10].randomElement(using: &random)!
            let several = (0..<count).map { _ in requests.all.randomElement(using: &random)! }
            return HTTPCase(
                name: "pipeline", bytes: several.flatMap { $0.bytes() }, ending: .answers(several.map(\.due)))
        default:
            let attack = RequestAttack.allCases.randomElement(using: &random)!
            let (bytes, due) = attack.applied(to: requests, random: &random)
            return HTTPCase(name: "\(attack)", bytes: bytes, ending: .answers([due]))
        }
    }
}
