import Foundation

/// What a row's file of results holds, as the report needs it.
struct Measured {
    /// Name and settings of a contestant.
    struct Taker {
        let name: String
        let settings: String
    }

    let circumstances: Circumstances
    private(set) var takers: [String: Taker] = [:]
    private var turns: [[String: [String: Double]]] = []

    /// Whether somebody else was computing in too many turns to leave those out.
    let isDisturbed: Bool

    /// - Returns: nil where the row was not measured.
    init?(_ name: String, in settings: RunSettings) throws {
        guard let lines = try ResultsFile(name, in: settings).read(),
            case .circumstances(let circumstances) = lines.first
        else { return nil }
        self.circumstances = circumstances
        var all: [Int: [String: [String: Double]]] = [:]
        for line in lines {
            switch line {
            case .circumstances, .absent: break
            case .contestant(let key, let name, let settings):
                takers[key] = Taker(name: name, settings: settings)
            case .turn(let key, let turn, let values): all[turn, default: [:]][key] = values
            }
        }
        let ordered = all.sorted { $0.key < $1.key }.map(\.value)
        let quiet = ordered.filter { $0.values.allSatisfy(Turn.isQuiet) }
        isDisturbed = quiet.count < min(3, ordered.count)
        turns = isDisturbed ? ordered : quiet
    }

    /// One quantity of one contestant, turn by turn; empty where it did not take part.
    func values(_ key: String, _ quantity: String) -> [Double] {
        turns.compactMap { $0[key]?[quantity] }
    }

    /// The median over the turns; nil where the contestant did not take part.
    func median(_ key: String, _ quantity: String) -> Double? {
        let values = values(key, quantity)
        return values.isEmpty ? nil : values.median
    }

    /// A quantity of one contestant divided by another's, turn by turn: its median.
    func ratio(_ key: String, to other: String, _ quantity: String) -> Double? {
        let ratios = turns.compactMap { turn -> Double? in
            guard let a = turn[key]?[quantity], let b = turn[other]?[quantity] else { return nil }
            return a / b
        }
        return ratios.isEmpty ? nil : ratios.median
    }

    /// Of some contestants, the one whose median is largest.
    func best(of keys: [String], _ quantity: String) -> String? {
        keys.filter { median($0, quantity) != nil }.max { median($0, quantity)! < median($1, quantity)! }
    }
}
