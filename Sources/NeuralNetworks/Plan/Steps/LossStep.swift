import Compute

/// The loss of each image and, in training, the gradient of the batch's mean with respect to the network's output.
final class LossStep: Sendable {
    /// How the loss reads the last value.
    enum Form {
        /// Softmax, logarithm and cross-entropy in one, from logits.
        case crossEntropyOfLogits
        /// From probabilities and the true class: cut off, then scaled to sum 1, as Keras does.
        case sparseCrossEntropyOfProbabilities
        /// From probabilities and a target distribution: scaled to sum 1, then cut off, as Keras does.
        case crossEntropyOfProbabilities
        case squaredError
    }

    let form: Form
    /// The network's output, `[N][positions][K]`: logits or whatever it ends in.
    let output: Value
    /// The true class of each image, where targets are classes; `none` of outliers, else -1.
    let classes: Workspace<Int32>
    /// The target of each image, `[N][positions][K]`.
    let targets: FloatBuffer
    /// The loss of each image.
    let losses: FloatBuffer
    private let usesClasses: Bool
    /// Positions of one output over which the loss is the mean, and values at each, K.
    private let positions: Int
    private let width: Int
    /// Share of each target that all classes get in equal parts.
    private let labelSmoothing: Float
    /// Each thread's probabilities at one position.
    private let scratch: [FloatBuffer]
    /// Each thread's smoothed target of one position.
    private let smoothed: [FloatBuffer]

    /// What outliers have in place of a class.
    private static let none = Int32.min
    /// Keras's cut-off for probabilities.
    private static let epsilon: Float = 1e-7

    /// - Parameters:
    ///   - labelSmoothing: Share of each target that all classes get in equal parts.
    ///   - leavesOutSoftmax: Whether the output is what a softmax at the network's end would be given.
    init(
        _ loss: Loss, labelSmoothing: Float = 0, leavesOutSoftmax: Bool, output: Value, setting: PlanSetting
    ) {
        let readsLogits = leavesOutSoftmax || loss.isFromLogits
        self.output = output
        self.labelSmoothing = labelSmoothing
        precondition(
            labelSmoothing == 0 || loss != .meanSquaredError,
            "Label smoothing (\(labelSmoothing)) is for cross-entropies, not for \(loss).")
        precondition(
            !loss.usesClasses || output.extent.pixels == 1,
            "\(loss) needs a vector of classes, not \(output.extent.rows)×\(output.extent.columns) pixels.")
        usesClasses = loss.usesClasses
        positions = loss == .meanSquaredError ? 1 : output.extent.pixels
        width = output.extent.count / positions
        switch loss {
        case .meanSquaredError:
            form = .squaredError
        case .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits:
            // A smoothed target is no longer one class.
            form =
                readsLogits
                ? .crossEntropyOfLogits
                : labelSmoothing == 0 ? .sparseCrossEntropyOfProbabilities : .crossEntropyOfProbabilities
        case .categoricalCrossentropy, .categoricalCrossentropyFromLogits:
            form = readsLogits ? .crossEntropyOfLogits : .crossEntropyOfProbabilities
        }
        let width = width
        classes = Workspace(count: setting.capacity, zero: -1)
        targets = FloatBuffer(count: setting.capacity * output.extent.count)
        losses = FloatBuffer(count: setting.capacity)
        scratch = (0..<setting.workers).map { _ in FloatBuffer(count: width) }
        smoothed = labelSmoothing == 0 ? [] : (0..<setting.workers).map { _ in FloatBuffer(count: width) }
    }

    /// Notes what is true of an image.
    func load(_ place: Int, of batch: some LabeledBatch) {
        if usesClasses {
            guard batch.isOutlier(place) else {
                classes.pointer[place] = Int32(batch.label(of: place))
                return
            }
            classes.pointer[place] = Self.none
        }
        let count = output.extent.count
        var target = UnsafeMutableBufferPointer(start: targets.pointer + place * count, count: count)
            .mutableSpan
        batch.copyTarget(of: place, into: &target)
    }

    /// - Parameter batch: Number of images over which the mean is taken.
    func evaluate(_ images: Range<Int>, batch: Int, worker: Int) {
        let share = 1 / Float(batch * positions)
        for image in images {
            writeClass(of: image)
            let y = UnsafePointer(output.data(image))
            let target = target(of: image).baseAddress!
            let gradient = output.hasGradient ? output.gradient(image) : nil
            var loss: Float = 0
            for first in stride(from: 0, to: positions * width, by: width) {
                loss += self.loss(
                    y + first, target + first, share, gradient.map { $0 + first }, image: image,
                    worker: worker)
            }
            losses.pointer[image] = loss / Float(positions)
        }
    }

    /// The loss at one position.
    /// - Parameters:
    ///   - share: What the gradient is multiplied by.
    ///   - gradient: Gets `[K]`, unless nil.
    private func loss(
        _ y: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ share: Float,
        _ gradient: UnsafeMutablePointer<Float>?, image: Int, worker: Int
    ) -> Float {
        switch form {
        case .squaredError:
            return squaredError(y, target, share, gradient)
        case .sparseCrossEntropyOfProbabilities:
            let label = classes.pointer[image]
            return label == Self.none
                ? probabilityLoss(y, target, share, gradient)
                : sparseProbabilityLoss(y, class: Int(label), share, gradient)
        case .crossEntropyOfLogits, .crossEntropyOfProbabilities:
            guard (0..<width).contains(where: { target[$0] != 0 }) else {
                gradient?.update(repeating: 0, count: width)
                return 0
            }
            let target = smoothing(target, worker: worker)
            return form == .crossEntropyOfLogits
                ? logitLoss(y, target, share, gradient, worker: worker)
                : probabilityLoss(y, target, share, gradient)
        }
    }

    /// What an image's outputs should be, `[positions][K]`: after it was evaluated.
    func target(of image: Int) -> UnsafeBufferPointer<Float> {
        let count = output.extent.count
        return UnsafeBufferPointer(start: targets.pointer + image * count, count: count)
    }

    /// Makes the class of an image, where its truth is one, its target.
    private func writeClass(of image: Int) {
        guard usesClasses, classes.pointer[image] != Self.none else { return }
        let label = Int(classes.pointer[image])
        precondition(
            (0..<width).contains(label),
            "Image \(image) has the class \(label), which is not in 0..<\(width).")
        let target = targets.pointer + image * width
        target.update(repeating: 0, count: width)
        target[label] = 1
    }

    /// `target · (1 - s) + s · m / K`, m being the target's sum, which is 1 but for outliers, in the thread's own place; the target
    /// itself without smoothing.
    private func smoothing(_ target: UnsafePointer<Float>, worker: Int) -> UnsafePointer<Float> {
        guard labelSmoothing > 0 else { return target }
        let result = smoothed[worker].pointer
        var mass: Float = 0
        for c in 0..<width { mass += target[c] }
        let part = labelSmoothing * mass / Float(width)
        for c in 0..<width { result[c] = target[c] * (1 - labelSmoothing) + part }
        return UnsafePointer(result)
    }

    /// `mean over c of (y[c] - target[c])²`
    private func squaredError(
        _ y: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ share: Float,
        _ gradient: UnsafeMutablePointer<Float>?
    ) -> Float {
        var loss: Float = 0
        for c in 0..<width {
            let error = y[c] - target[c]
            loss += error * error
            gradient?[c] = share * 2 * error / Float(width)
        }
        return loss / Float(width)
    }

    /// `Σ target · (log Σ exp(y) - y)`
    private func logitLoss(
        _ y: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ share: Float,
        _ gradient: UnsafeMutablePointer<Float>?, worker: Int
    ) -> Float {
        let probabilities = scratch[worker].pointer
        let logSum = softmax(y, into: probabilities, count: width)
        var loss: Float = 0
        var mass: Float = 0
        for c in 0..<width where target[c] != 0 {
            loss += target[c] * (logSum - y[c])
            mass += target[c]
        }
        if let gradient {
            for c in 0..<width { gradient[c] = share * (probabilities[c] * mass - target[c]) }
        }
        return loss
    }

    /// `-log(q[class] / Σ q)`, q = clip(y); the gradient is 0 where the cut-off is at work.
    private func sparseProbabilityLoss(
        _ y: UnsafePointer<Float>, class label: Int, _ share: Float, _ gradient: UnsafeMutablePointer<Float>?
    ) -> Float {
        var sum: Float = 0
        for c in 0..<width { sum += Self.clipped(y[c]) }
        if let gradient {
            for c in 0..<width {
                let slope = 1 / sum - (c == label ? 1 / y[c] : 0)
                gradient[c] = Self.clipped(y[c]) == y[c] ? share * slope : 0
            }
        }
        return .log(sum) - .log(Self.clipped(y[label]))
    }

    /// `-Σ target · log(clip(y / Σ y))`; the gradient is 0 where the cut-off is at work.
    private func probabilityLoss(
        _ y: UnsafePointer<Float>, _ target: UnsafePointer<Float>, _ share: Float,
        _ gradient: UnsafeMutablePointer<Float>?
    ) -> Float {
        var sum: Float = 0
        for c in 0..<width { sum += y[c] }
        var loss: Float = 0
        var pull: Float = 0
        for c in 0..<width {
            let p = y[c] / sum
            let clipped = Self.clipped(p)
            if target[c] != 0 { loss -= target[c] * .log(clipped) }
            let slope = clipped == p ? -target[c] / p : 0
            gradient?[c] = share * slope / sum
            pull += slope * p
        }
        if let gradient {
            for c in 0..<width { gradient[c] -= share * pull / sum }
        }
        return loss
    }

    /// Written so that a NaN passes.
    private static func clipped(_ p: Float) -> Float {
        p < epsilon ? epsilon : p > 1 - epsilon ? 1 - epsilon : p
    }
}
