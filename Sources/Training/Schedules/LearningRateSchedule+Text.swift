internal import PlainText

extension LearningRateSchedule: LosslessStringConvertible {
    /// The forms that a command line offers.
    public static let textForms = ["constant", "step:10:0.5", "exponential:0.9", "cosine", "one-cycle"]

    /// The form for command lines: `constant`, `step:EPOCHS:FACTOR`, `exponential:FACTOR`, `cosine` or `cosine:FINAL`,
    /// `one-cycle` or `one-cycle:RISE`, each with `,warm-up:EPOCHS` behind it where there is one.
    public var description: String {
        let text =
            switch form {
            case .constant: "constant"
            case .step(let epochs, let factor): "step:\(NumberText.plain(epochs)):\(NumberText.plain(factor))"
            case .exponential(let factor): "exponential:\(NumberText.plain(factor))"
            case .cosine where self.form == Self.cosine().form: "cosine"
            case .cosine(let final): "cosine:\(NumberText.plain(final))"
            case .oneCycle where self.form == Self.oneCycle().form: "one-cycle"
            case .oneCycle(let rise): "one-cycle:\(NumberText.plain(rise))"
            }
        return warmUpEpochs == 0 ? text : "\(text),warm-up:\(NumberText.plain(warmUpEpochs))"
    }

    /// Reads the form for command lines; nil for any other text. Whether the figures make sense, `check` tells.
    public init?(_ description: String) {
        var parts = description.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2 {
            let warmUp = parts.removeLast().split(separator: ":", omittingEmptySubsequences: false)
            guard warmUp.count == 2, warmUp[0] == "warm-up", let epochs = Double(warmUp[1]) else {
                return nil
            }
            warmUpEpochs = epochs
        } else {
            warmUpEpochs = 0
        }
        guard parts.count == 1 else { return nil }
        let words = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        let figures = words.dropFirst().compactMap { Double($0) }
        guard figures.count == words.count - 1 else { return nil }
        switch (words[0], figures.count) {
        case ("constant", 0): form = .constant
        case ("step", 2): form = .step(epochs: figures[0], factor: figures[1])
        case ("exponential", 1): form = .exponential(factor: figures[0])
        case ("cosine", 0): form = Self.cosine().form
        case ("cosine", 1): form = .cosine(final: figures[0])
        case ("one-cycle", 0): form = Self.oneCycle().form
        case ("one-cycle", 1): form = .oneCycle(rise: figures[0])
        default: return nil
        }
    }
}
