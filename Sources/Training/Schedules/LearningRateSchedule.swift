import Compute
import PlainText

/// How the step size changes over a run, as shares of the optimiser's learning rate. It is evaluated for each step.
///
///     let schedule = LearningRateSchedule.cosine().warmedUp(epochs: 1)
///     try model.fit(mnist.train, epochs: 10, schedule: schedule)
///
/// With a warm-up of W steps, step t (from 0) has the share `(t + 1) / (W + 1)` while `t < W`; then the form follows over
/// the rest of the run. Below, s counts the steps after the warm-up, S is their number, and E the steps of an epoch.
public struct LearningRateSchedule: Sendable, Hashable, Codable {
    /// What follows the warm-up.
    public enum Form: Sendable, Hashable, Codable {
        /// `1`
        case constant
        /// `factor ^ ⌊s / (epochs · E)⌋`; epochs above 0, factor above 0 and at most 1.
        case step(epochs: Double, factor: Double)
        /// `factor ^ (s / E)`; factor above 0 and at most 1.
        case exponential(factor: Double)
        /// `final + (1 - final) · (1 + cos(π · s / S)) / 2`; final at least 0 and below 1.
        ///
        /// I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2016, arXiv:1608.03983.
        case cosine(final: Double)
        /// Half a cosine from 1/25 up to 1 over the share `rise` of the steps, then half a cosine down to 4·10⁻⁶; rise above 0
        /// and below 1. The ends are those of fast.ai and PyTorch; momenta and betas stay as they are.
        ///
        /// L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
        /// 2017, arXiv:1708.07120.
        case oneCycle(rise: Double)
    }

    /// What follows the warm-up.
    public var form: Form
    /// Length of the warm-up, at least 0 and shorter than the run; parts of an epoch count.
    public var warmUpEpochs: Double

    /// Where one cycle begins and ends.
    private static let cycleStart = 1 / 25.0
    private static let cycleEnd = 4e-6

    /// A schedule of a form.
    public init(_ form: Form, warmUpEpochs: Double = 0) {
        self.form = form
        self.warmUpEpochs = warmUpEpochs
    }

    /// The optimiser's learning rate in each step.
    public static let constant = LearningRateSchedule(.constant)

    /// Multiplied by a factor every so many epochs.
    public static func step(epochs: Double, factor: Double) -> Self {
        Self(.step(epochs: epochs, factor: factor))
    }

    /// Multiplied by a factor over each epoch, a little at each step.
    public static func exponential(factor: Double) -> Self { Self(.exponential(factor: factor)) }

    /// Down half a cosine to a share of the learning rate.
    public static func cosine(final: Double = 0) -> Self { Self(.cosine(final: final)) }

    /// Up and down again.
    public static func oneCycle(rise: Double = 0.3) -> Self { Self(.oneCycle(rise: rise)) }

    /// The same after a linear warm-up.
    public func warmedUp(epochs: Double) -> Self { Self(form, warmUpEpochs: epochs) }
}

extension LearningRateSchedule {
    /// The share of the learning rate that a step has.
    /// - Parameters:
    ///   - step: The step, from 0.
    ///   - stepsPerEpoch: Steps of an epoch, positive.
    ///   - epochs: Epochs of the run, positive.
    public func share(atStep step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
        let warmUp = warmUpEpochs * Double(stepsPerEpoch)
        if Double(step) < warmUp { return Double(step + 1) / (warmUp + 1) }
        let passed = Double(step) - warmUp
        let count = Double(epochs) * Double(stepsPerEpoch) - warmUp
        switch form {
        case .constant:
            return 1
        case .step(let epochs, let factor):
            return .pow(factor, (passed / (epochs * Double(stepsPerEpoch))).rounded(.down))
        case .exponential(let factor):
            return .pow(factor, passed / Double(stepsPerEpoch))
        case .cosine(let final):
            return Self.halfCosine(from: 1, to: final, at: passed / count)
        case .oneCycle(let rise):
            let top = rise * count
            return passed < top
                ? Self.halfCosine(from: Self.cycleStart, to: 1, at: passed / top)
                : Self.halfCosine(from: 1, to: Self.cycleEnd, at: (passed - top) / (count - top))
        }
    }

    private static func halfCosine(from start: Double, to end: Double, at share: Double) -> Double {
        end + (start - end) * (1 + .cos(.pi * share)) / 2
    }

    /// The same with a warm-up that fills no more than half of a run.
    package func fitted(to epochs: Int) -> Self { warmedUp(epochs: min(warmUpEpochs, Double(epochs) / 2)) }

    /// Whether it spans the whole run, so that it needs to know the run's length beforehand.
    public var spansTheRun: Bool {
        switch form {
        case .cosine, .oneCycle: true
        case .constant, .step, .exponential: false
        }
    }

    /// The first of its figures that is out of its range; nil where all are in theirs.
    package var fault: (name: String, value: Double, expected: String)? {
        let share = "above 0 and at most 1"
        if !(warmUpEpochs >= 0 && warmUpEpochs.isFinite) {
            return ("warm-up", warmUpEpochs, "at least 0 epochs")
        }
        switch form {
        case .step(let length, _) where !(length > 0 && length.isFinite):
            return ("step length", length, "above 0 epochs")
        case .step(_, let factor) where !(factor > 0 && factor <= 1): return ("factor", factor, share)
        case .exponential(let factor) where !(factor > 0 && factor <= 1): return ("factor", factor, share)
        case .cosine(let final) where !(final >= 0 && final < 1):
            return ("final share", final, "at least 0 and below 1")
        case .oneCycle(let rise) where !(rise > 0 && rise < 1): return ("rise", rise, "above 0 and below 1")
        default: return nil
        }
    }

    /// Refuses figures out of range, and schedules that do not fit into a run.
    /// - Throws: `TrainingError` that says which.
    public func check(epochs: Int) throws(TrainingError) {
        if let fault {
            throw .badSetting(
                name: "schedule's \(fault.name)", value: NumberText.plain(fault.value),
                expected: fault.expected)
        }
        var needed = warmUpEpochs
        if case .step(let length, _) = form { needed += length }
        guard needed == 0 || needed < Double(epochs) else {
            throw .scheduleTooLong(schedule: description, needed: NumberText.plain(needed), epochs: epochs)
        }
    }
}
