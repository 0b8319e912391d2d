package import Compute

/// A compiled network made ready to run on batches of up to `capacity` images: a list of steps with all memory
/// allocated.
///
/// The batch is cut into groups of a few images; a thread takes a group through as many steps as it can before it has to
/// wait for the others. How the batch is cut depends on its size alone and every sum has a fixed order, so the number of
/// threads does not change a bit of the result.
///
/// One thread at a time may use a plan; several plans of one `CompiledNetwork` may run at the same time.
package final class Plan: @unchecked Sendable {
    package let setting: PlanSetting
    /// The gradient of each parameter, laid out like the parameters; nil in inference.
    package let gradients: FloatBuffer?

    private let compiled: CompiledNetwork
    private let pool: WorkerPool
    private let input: Value
    private let output: Value
    /// Each layer's output, in explanation.
    private let layerOutputs: [Value]
    private let steps: [any Step]
    private let lossStep: LossStep?
    private let batch: BatchIdentity
    private let fullInput: [FloatBuffer]
    private let inputExtent: Extent
    private let forwardStages: [Stage]
    /// Forward and back.
    private let trainingStages: [Stage]
    private let gradientPieces: [(step: any Step, piece: Int)]
    private let clipping: GradientClipping?

    /// Work between two barriers of all threads.
    private enum Stage {
        typealias ImageWork = @Sendable (_ images: Range<Int>, _ batch: Int, _ worker: Int) -> Void
        typealias BatchWork = @Sendable (_ images: Int) -> Void

        /// Some images of the batch at a time.
        case images([ImageWork])
        /// The whole batch at once, by one thread.
        case batch(BatchWork)
    }

    /// What a plan is for.
    package enum Mode: Sendable {
        /// Gradients with respect to the parameters; batch statistics and dropout are on.
        case training(Loss)
        /// Gradients of Σ output · upstream with respect to the parameters and the input, for an upstream gradient that
        /// the caller gives; batch statistics and dropout are on.
        case differentiation
        /// Gradients of Σ output · upstream with respect to the input and every layer's output, of the network as it
        /// predicts: moving statistics, no dropout. A softmax at the end is left out, so that the outputs are logits.
        /// Every layer is computed whole and apart from the others.
        case explanation
        /// The loss without gradients; moving statistics, no dropout.
        case evaluation(Loss)
        /// Outputs alone.
        case inference
    }

    /// The most images that one thread takes through the steps together.
    package static let groupSize = 4

    /// Compiles a network and makes a plan of it.
    /// - Parameters:
    ///   - labelSmoothing: Share of each target that all classes get in equal parts, where the loss is a cross-entropy.
    ///   - capacity: The most images in a batch, positive.
    ///   - pool: The threads that run it.
    ///   - kernels: The instruction set.
    package convenience init(
        _ network: Network, mode: Mode, labelSmoothing: Float = 0, capacity: Int, pool: WorkerPool,
        kernels: Kernels = .best
    ) {
        self.init(
            CompiledNetwork(network, mode: mode, kernels: kernels), labelSmoothing: labelSmoothing,
            capacity: capacity,
            pool: pool)
    }

    /// Makes a plan that shares with others what is derived from the parameters.
    /// - Parameters:
    ///   - capacity: The most images in a batch, positive.
    ///   - pool: The threads that run it.
    package init(_ compiled: CompiledNetwork, labelSmoothing: Float = 0, capacity: Int, pool: WorkerPool) {
        precondition(
            capacity > 0 && capacity <= compiled.largestBatch,
            "A plan of this network has room for 1…\(compiled.largestBatch) images, not \(capacity).")
        let setting = PlanSetting(
            capacity: capacity, groupSize: min(Self.groupSize, capacity), workers: pool.threads,
            kernels: compiled.kernels)
        self.compiled = compiled
        self.setting = setting
        self.pool = pool
        let network = compiled.network
        let isTraining = compiled.mode.isTraining
        gradients = isTraining ? FloatBuffer(count: network.layout.count) : nil
        batch = BatchIdentity(capacity: capacity)
        let compiler = StepCompiler(
            network: network, mode: compiled.mode, setting: setting, gradients: gradients, batch: batch)
        input = Value(compiled.input, capacity: capacity, hasGradient: compiled.mode.differentiatesInput)
        let (steps, values) = compiler.compile(compiled.blocks, from: input)
        let output = values[values.count - 1]
        self.steps = steps
        self.output = output
        layerOutputs = compiled.layerEnds.map { values[$0] }
        lossStep = compiled.mode.loss.map {
            LossStep(
                $0, labelSmoothing: labelSmoothing, readsLogits: compiled.lossReadsLogits, output: output,
                setting: setting)
        }
        inputExtent = Extent(network.inputShape)
        let fullCount = inputExtent.count
        fullInput = (0..<pool.threads).map { _ in FloatBuffer(count: fullCount) }
        forwardStages = Self.stages(steps, lossStep, andBack: false)
        trainingStages = isTraining ? Self.stages(steps, lossStep, andBack: true) : []
        let pieces = isTraining ? steps.flatMap { step in (0..<step.gradientPieces).map { (step, $0) } } : []
        gradientPieces = pieces
        clipping = gradients.map { GradientClipping($0, pieces: pieces.count) }
    }

    package var network: Network { compiled.network }

    /// Steps that an image goes through.
    package var stepCount: Int { steps.count }

    /// Brings everything that is derived from the parameters up to date. Runs do it by themselves where the network
    /// knows of the change.
    package func parametersChanged() { compiled.update(on: pool) }

    /// Forward to the loss and, where asked for, back. What needs no barrier in between is one stage.
    private static func stages(_ steps: [any Step], _ loss: LossStep?, andBack: Bool) -> [Stage] {
        var stages: [Stage] = []
        var current: [Stage.ImageWork] = []
        func barrier(_ work: @escaping Stage.BatchWork) {
            stages += [.images(current), .batch(work)]
            current = []
        }
        for step in steps {
            if let reducing = step as? any BatchReducingStep {
                current.append { images, _, _ in reducing.summarizeForward(images) }
                barrier { reducing.mergeForward(images: $0) }
            }
            current.append { images, _, worker in step.forward(images, worker: worker) }
        }
        if let loss {
            current.append { images, batch, worker in loss.evaluate(images, batch: batch, worker: worker) }
        }
        for step in steps.reversed() where andBack {
            if let reducing = step as? any BatchReducingStep {
                current.append { images, _, _ in reducing.summarizeBackward(images) }
                barrier { reducing.mergeBackward(images: $0) }
            }
            current.append { images, _, worker in step.backward(images, worker: worker) }
        }
        return stages + [.images(current)]
    }
}

extension Plan.Mode {
    /// Whether parameters have gradients; batch statistics and dropout are on then.
    var isTraining: Bool {
        switch self {
        case .training, .differentiation: true
        case .explanation, .evaluation, .inference: false
        }
    }

    /// Whether the values between layers have gradients.
    var hasGradients: Bool { isTraining || keepsLayersApart }

    /// Whether the input has a gradient.
    var differentiatesInput: Bool {
        if case .differentiation = self { true } else { keepsLayersApart }
    }

    /// Whether every layer has an output and a gradient of its own, and nothing is cut away.
    var keepsLayersApart: Bool {
        if case .explanation = self { true } else { false }
    }

    var loss: Loss? {
        switch self {
        case .training(let loss), .evaluation(let loss): loss
        case .differentiation, .explanation, .inference: nil
        }
    }

    /// Whether a softmax at the network's end is left out. Softmax and cross-entropy are one operation, exact where the two
    /// in turn would lose everything.
    var leavesOutSoftmax: Bool {
        if let loss { loss != .meanSquaredError && !loss.isFromLogits } else { keepsLayersApart }
    }
}

// MARK: - Running

extension Plan {
    /// Writes one image, normalised, `[height][width][channels]`, on any thread.
    package typealias ImageLoader =
        @Sendable (_ place: Int, _ destination: UnsafeMutablePointer<Float>) -> Void

    /// Writes what belongs to one image, on the calling thread.
    package typealias ImageWriter = (_ place: Int, _ destination: UnsafeMutablePointer<Float>) -> Void

    /// Where the true class of each image goes before a run with a loss over classes.
    package var classes: UnsafeMutablePointer<Int32> { lossStep!.classes.pointer }

    /// Where the target of each image goes, `[N][outputs]`, before a run with a loss over values.
    package var targets: UnsafeMutablePointer<Float> { lossStep!.targets.pointer }

    /// The loss of each image after a run.
    package var losses: UnsafePointer<Float> { UnsafePointer(lossStep!.losses.pointer) }

    /// The sample's number in each place of the batch: what random choices in training are keyed by.
    package var samples: UnsafeMutablePointer<Int> { batch.samples.pointer }

    /// The output of one image after a run: probabilities if the network ends in softmax, but logits where softmax is
    /// left out.
    package func outputs(_ image: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: output.data(image), count: output.extent.count)
    }

    /// Computes outputs (and losses, in evaluation) of a batch.
    /// - Parameter load: Called once for each place, from any thread.
    package func run(images: Int, load: ImageLoader) {
        prepare(images)
        run(forwardStages, images: images, before: load)
    }

    /// Computes gradients of a batch and lets `update` use them.
    /// - Parameters:
    ///   - maximumNorm: A gradient whose norm over all parameters is larger is scaled down to it; nil for no limit. With a
    ///     limit there is one more barrier, because the norm needs every gradient.
    ///   - update: Called for parts of the parameters, from any thread, each part once, when their gradient is final.
    /// - Returns: The mean loss. If it is not finite, nothing was updated.
    package func train(
        images: Int, seed: UInt64, epoch: Int, maximumNorm: Float? = nil, load: ImageLoader,
        update: @Sendable (Range<Int>) -> Void
    ) -> Float {
        let loss = meanLoss(images: images, seed: seed, epoch: epoch, load: load)
        guard loss.isFinite else { return loss }
        for step in steps { step.updateStatistics(kept: nil) }
        if let maximumNorm, let clipping {
            pool.run(pieces: gradientPieces.count) { index, worker in
                let (step, piece) = gradientPieces[index]
                clipping.measure(piece: index) { isFinal in
                    step.gradient(piece: piece, images: images, worker: worker, isFinal: isFinal)
                }
            }
            let scale = clipping.scale(to: maximumNorm)
            pool.run(pieces: gradientPieces.count) { index, _ in
                let (step, piece) = gradientPieces[index]
                clipping.apply(scale, piece: index, then: update)
                step.parametersChanged(piece: piece)
            }
        } else {
            pool.run(pieces: gradientPieces.count) { index, worker in
                let (step, piece) = gradientPieces[index]
                step.gradient(piece: piece, images: images, worker: worker, isFinal: update)
                step.parametersChanged(piece: piece)
            }
        }
        compiled.parametersWereTrained()
        return loss
    }

    /// Lets a batch's statistics flow into the running ones, and changes nothing else; in training.
    /// - Parameter kept: Share of the running statistics that is kept, 0…1.
    package func gatherStatistics(images: Int, kept: Float, load: ImageLoader) {
        run(images: images, load: load)
        for step in steps { step.updateStatistics(kept: kept) }
        compiled.parametersWereTrained()
    }

    /// Computes gradients of a batch, and leaves the parameters and the running statistics as they are.
    /// - Returns: The mean loss. If it is not finite, there are no gradients.
    package func computeGradients(images: Int, seed: UInt64, epoch: Int, load: ImageLoader) -> Float {
        let loss = meanLoss(images: images, seed: seed, epoch: epoch, load: load)
        if loss.isFinite { computeGradients(images: images) }
        return loss
    }

    /// Runs a batch forward and back.
    private func meanLoss(images: Int, seed: UInt64, epoch: Int, load: ImageLoader) -> Float {
        prepare(images)
        batch.seed = seed
        batch.epoch = epoch
        run(trainingStages, images: images, before: load)
        var sum: Float = 0
        for image in 0..<images { sum += losses[image] }
        return sum / Float(images)
    }

    /// Computes the gradients of Σ output · upstream over a batch, in differentiation.
    /// - Parameter upstream: Writes one image's gradient with respect to the output, `[outputs]`, before the run.
    package func differentiate(
        images: Int, seed: UInt64 = 0, epoch: Int = 0, load: ImageLoader, upstream: ImageWriter
    ) {
        prepare(images)
        batch.seed = seed
        batch.epoch = epoch
        for image in 0..<images { upstream(image, output.gradient(image)) }
        run(trainingStages, images: images, before: load)
        computeGradients(images: images)
    }

    /// Copies one image's gradient with respect to the input after `differentiate` or `backpropagate`, `[height][width][channels]`; it is
    /// 0 where the input reaches nothing.
    package func copyInputGradient(_ image: Int, to destination: UnsafeMutablePointer<Float>) {
        destination.update(repeating: 0, count: inputExtent.count)
        inputExtent.forEachRow(of: input.extent) { full, cut, length in
            (destination + full).update(from: input.gradient(image) + cut, count: length)
        }
    }

    private func computeGradients(images: Int) {
        pool.run(pieces: gradientPieces.count) { index, worker in
            let (step, piece) = gradientPieces[index]
            step.gradient(piece: piece, images: images, worker: worker) { _ in }
        }
    }

    /// Checks the batch, and follows changes of the parameters.
    private func prepare(_ images: Int) {
        precondition(
            images > 0 && images <= setting.capacity,
            "The plan was made for 1…\(setting.capacity) images, not \(images).")
        if compiled.isStale { parametersChanged() }
    }

    private func run(_ stages: [Stage], images: Int, before load: ImageLoader) {
        let size = setting.groupSize
        let groups = (images + size - 1) / size
        for (index, stage) in stages.enumerated() {
            switch stage {
            case .batch(let work):
                pool.run(pieces: 1) { _, _ in work(images) }
            case .images(let work):
                pool.run(pieces: groups) { group, worker in
                    let range = group * size..<min((group + 1) * size, images)
                    if index == 0 { self.load(range, worker: worker, load) }
                    for work in work { work(range, images, worker) }
                }
            }
        }
    }

    /// Fills the input; what reaches nothing is cut off.
    private func load(_ images: Range<Int>, worker: Int, _ load: ImageLoader) {
        let extent = input.extent
        for image in images {
            if extent == inputExtent {
                load(image, input.data(image))
                continue
            }
            let full = fullInput[worker].pointer
            load(image, full)
            inputExtent.forEachRow(of: input.extent) { fullOffset, cutOffset, length in
                (input.data(image) + cutOffset).update(from: full + fullOffset, count: length)
            }
        }
    }
}

// MARK: - Explaining

extension Plan {
    /// Whether the outputs are what a softmax at the network's end would be given.
    package var leavesOutSoftmax: Bool { compiled.leavesOutSoftmax }

    /// Takes the gradient of Σ output · upstream back to the input, after `run`, in explanation.
    /// - Parameters:
    ///   - images: As many as in the run.
    ///   - upstream: Writes one image's gradient with respect to the output, `[outputs]`.
    package func backpropagate(images: Int, upstream: ImageWriter) {
        precondition(
            compiled.mode.keepsLayersApart, "The plan was made for \(compiled.mode), not to explain.")
        for image in 0..<images { upstream(image, output.gradient(image)) }
        let size = setting.groupSize
        pool.run(pieces: (images + size - 1) / size) { group, worker in
            let range = group * size..<min((group + 1) * size, images)
            for step in steps.reversed() { step.backward(range, worker: worker) }
        }
    }

    /// One image's output of a layer, its activation included, `[rows][columns][channels]`: after `run`, in explanation.
    package func layerOutput(_ layer: Int, image: Int) -> UnsafeBufferPointer<Float> {
        let value = layerOutputs[layer]
        return UnsafeBufferPointer(start: value.data(image), count: value.extent.count)
    }

    /// One image's gradient with respect to a layer's output, likewise: after `backpropagate`.
    package func layerGradient(_ layer: Int, image: Int) -> UnsafeBufferPointer<Float> {
        let value = layerOutputs[layer]
        return UnsafeBufferPointer(start: value.gradient(image), count: value.extent.count)
    }
}
