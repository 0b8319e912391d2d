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
    /// The network's output, `[N][K]`: logits or whatever it ends in.
    let output: Value
    /// The true class of each image, where targets are classes; else -1.
    let classes: Workspace<Int32>
    /// The target of each image, `[N][K]`, where targets are values.
    let targets: FloatBuffer
    /// The loss of each image.
    let losses: FloatBuffer
    private let usesClasses: Bool
    /// Share of each target that all classes get in equal parts.
    private let labelSmoothing: Float
    private let scratch: [FloatBuffer]
    /// Each thread's smoothed target.
    private let smoothed: [FloatBuffer]

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
            loss == .meanSquaredError || output.extent.pixels == 1,
            "\(loss) needs a vector of classes, not \(output.extent.rows)×\(output.extent.columns) pixels.")
        switch loss {
        case .meanSquaredError:
            form = .squaredError
            usesClasses = false
        case .sparseCategoricalCrossentropy, .sparseCategoricalCrossentropyFromLogits:
            // A smoothed target is no longer one class.
            form =
                readsLogits
                ? .crossEntropyOfLogits
                : labelSmoothing == 0 ? .sparseCrossEntropyOfProbabilities : .crossEntropyOfProbabilities
            usesClasses = true
        case .categoricalCrossentropy, .categoricalCrossentropyFromLogits:
            form = readsLogits ? .crossEntropyOfLogits : .crossEntropyOfProbabilities
            usesClasses = false
        }
        let count = output.extent.count
        classes = Workspace(count: setting.capacity, zero: -1)
        targets = FloatBuffer(count: setting.capacity * count)
        losses = FloatBuffer(count: setting.capacity)
        scratch = (0..<setting.workers).map { _ in FloatBuffer(count: count) }
        smoothed = labelSmoothing == 0 ? [] : (0..<setting.workers).map { _ in FloatBuffer(count: count) }
    }

    /// Notes what is true of an image.
    func load(_ place: Int, of batch: some LabeledBatch) {
        if usesClasses {
            classes.pointer[place] = Int32(batch.label(of: place))
            return
        }
        let count = output.extent.count
        var target = UnsafeMutableBufferPointer(start: targets.pointer + place * count, count: count)
            .mutableSpan
        batch.copyTarget(of: place, into: &target)
    }

    /// - Parameter batch: Number of images over which the mean is taken.
    func evaluate(_ images: Range<Int>, batch: Int, worker: Int) {
        let count = output.extent.count
        let share = 1 / Float(batch)
        for image in images {
            let target = smoothing(target(of: image), worker: worker)
            let y = UnsafePointer(output.data(image))
            let gradient = output.hasGradient ? output.gradient(image) : nil
            switch form {
            case .crossEntropyOfLogits:
                let probabilities = scratch[worker].pointer
                let logSum = softmax(y, into: probabilities, count: count)
                var loss: Float = 0
                var mass: Float = 0
                for c in 0..<count where target[c] != 0 {
                    loss += target[c] * (logSum - y[c])
                    mass += target[c]
                }
                losses.pointer[image] = loss
                if let gradient {
                    for c in 0..<count { gradient[c] = share * (probabilities[c] * mass - target[c]) }
                }
            case .sparseCrossEntropyOfProbabilities:
                losses.pointer[image] = sparseProbabilityLoss(
                    y, class: Int(classes.pointer[image]), share, gradient)
            case .crossEntropyOfProbabilities:
                losses.pointer[image] = probabilityLoss(y, target, share, gradient)
            case .squaredError:
                var loss: Float = 0
                for c in 0..<count {
                    let error = y[c] - target[c]
                    loss += error * error
                    gradient?[c] = share * 2 * error / Float(count)
                }
                losses.pointer[image] = loss / Float(count)
            }
        }
    }

    /// The target as a distribution; for classes it is written here.
    private func target(of image: Int) -> UnsafePointer<Float> {
        let count = output.extent.count
        let target = targets.pointer + image * count
        if usesClasses {
            let label = Int(classes.pointer[image])
            precondition(
                (0..<count).contains(label),
                "Image \(image) has the class \(label), which is not in 0..<\(count).")
            target.update(repeating: 0, count: count)
            target[label] = 1
        }
        return UnsafePointer(target)
    }

    /// `target · (1 - s) + s / K`, in the thread's own place; the target itself without smoothing.
    private func smoothing(_ target: UnsafePointer<Float>, worker: Int) -> UnsafePointer<Float> {
        guard labelSmoothing > 0 else { return target }
        let count = output.extent.count
        let result = smoothed[worker].pointer
        for c in 0..<count { result[c] = target[c] * (1 - labelSmoothing) + labelSmoothing / Float(count) }
        return UnsafePointer(result)
    }

    /// `-log(q[class] / Σ q)`, q = clip(y); the gradient is 0 where the cut-off is at work.
    private func sparseProbabilityLoss(
        _ y: UnsafePointer<Float>, class label: Int, _ share: Float, _ gradient: UnsafeMutablePointer<Float>?
    ) -> Float {
        let count = output.extent.count
        var sum: Float = 0
        for c in 0..<count { sum += Self.clipped(y[c]) }
        if let gradient {
            for c in 0..<count {
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
        let count = output.extent.count
        var sum: Float = 0
        for c in 0..<count { sum += y[c] }
        var loss: Float = 0
        var pull: Float = 0
        for c in 0..<count {
            let p = y[c] / sum
            let clipped = Self.clipped(p)
            if target[c] != 0 { loss -= target[c] * .log(clipped) }
            let slope = clipped == p ? -target[c] / p : 0
            gradient?[c] = share * slope / sum
            pull += slope * p
        }
        if let gradient {
            for c in 0..<count { gradient[c] -= share * pull / sum }
        }
        return loss
    }

    /// Written so that a NaN passes.
    private static func clipped(_ p: Float) -> Float {
        p < epsilon ? epsilon : p > 1 - epsilon ? 1 - epsilon : p
    }
}
