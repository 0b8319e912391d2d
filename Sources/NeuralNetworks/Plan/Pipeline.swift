import Compute

/// Writes what belongs to one image, on the calling thread.
package typealias ImageWriter = (_ place: Int, _ destination: UnsafeMutablePointer<Float>) -> Void

/// The steps of a compiled network with all memory for a batch, and a batch's way through them: what every kind of plan
/// is made of.
///
/// The batch is cut into groups of a few images; a thread takes a group through as many steps as it can before it has to
/// wait for the others. How the batch is cut depends on its size alone and every sum has a fixed order, so the number of
/// threads does not change a bit of the result.
final class Pipeline: Sendable {
    let setting: PlanSetting
    let pool: WorkerPool
    let steps: [any Step]
    let input: Value
    let output: Value
    /// Each layer's output, where layers are kept apart; otherwise empty.
    let layerOutputs: [Value]
    /// The parameters' gradients in independent pieces; none where parameters have no gradients.
    let gradientPieces: [GradientPiece]

    private let wholeInput: Extent
    /// Of each thread, one image before it is cut to what reaches the output.
    private let fullInput: [FloatBuffer]

    /// Makes the steps.
    /// - Parameter capacity: The most images in a batch.
    init(_ blocks: NetworkBlocks, capacity: Int, pool: WorkerPool) {
        precondition(
            capacity > 0 && capacity <= blocks.largestBatch,
            "A plan of this network has room for 1…\(blocks.largestBatch) images, not \(capacity).")
        let setting = PlanSetting(
            capacity: capacity, groupSize: min(PlanSetting.largestGroup, capacity), workers: pool.threads,
            kernels: blocks.kernels)
        self.setting = setting
        self.pool = pool
        let traits = blocks.traits
        traits.training?.identity.makeRoom(for: capacity)
        input = Value(blocks.input, capacity: capacity, hasGradient: traits.differentiatesInput)
        let (steps, values) = StepCompiler(traits: traits, setting: setting)
            .compile(blocks.blocks, from: input)
        self.steps = steps
        output = values[values.count - 1]
        layerOutputs = blocks.layerEnds.map { values[$0] }
        gradientPieces = steps.flatMap { step in
            (0..<step.gradientPieces).map { GradientPiece(step: step, piece: $0) }
        }
        wholeInput = blocks.wholeInput
        let wholeCount = wholeInput.count
        fullInput = (0..<pool.threads).map { _ in FloatBuffer(count: wholeCount) }
    }
}

/// One step's piece of the parameters' gradients.
struct GradientPiece: Sendable {
    let step: any Step
    let piece: Int

    /// Computes it over the batch's first `images` images.
    /// - Parameter isFinal: Called for each of its ranges of the parameters, when it is computed.
    func compute(images: Int, worker: Int, isFinal: (Range<Int>) -> Void) {
        step.gradient(piece: piece, images: images, worker: worker, isFinal: isFinal)
    }

    /// Brings what is derived from its parameters up to date.
    func parametersChanged() { step.parametersChanged(piece: piece) }
}

// MARK: - Running

extension Pipeline {
    /// Takes a batch through stages.
    /// - Parameter load: Notes what else belongs to an image; called once for each place, from any thread.
    func run(
        _ stages: [Stage], _ batch: some ImageBatch, load: @Sendable (_ place: Int) -> Void = { _ in }
    ) {
        let images = batch.count
        check(images)
        for (index, stage) in stages.enumerated() {
            switch stage {
            case .batch(let work):
                pool.run(pieces: 1) { _, _ in work(images) }
            case .images(let work):
                forEachGroup(of: images) { range, worker in
                    if index == 0 {
                        for image in range {
                            loadInput(image, of: batch, worker: worker)
                            load(image)
                        }
                    }
                    for work in work { work(range, images, worker) }
                }
            }
        }
    }

    /// Calls `body` for each group of a batch's images, from any thread.
    func forEachGroup(of images: Int, _ body: @Sendable (_ images: Range<Int>, _ worker: Int) -> Void) {
        let size = setting.groupSize
        pool.run(pieces: (images + size - 1) / size) { group, worker in
            body(group * size..<min((group + 1) * size, images), worker)
        }
    }

    /// Computes all gradients of the parameters, after the way back.
    func computeGradients(images: Int) {
        pool.run(pieces: gradientPieces.count) { [gradientPieces] index, worker in
            gradientPieces[index].compute(images: images, worker: worker) { _ in }
        }
    }

    /// The output of one image after a run.
    func outputs(_ image: Int) -> UnsafeBufferPointer<Float> { output.elements(image) }

    /// Copies one image's gradient with respect to the input, `[height][width][channels]`; it is 0 where the input reaches
    /// nothing.
    func copyInputGradient(_ image: Int, to destination: UnsafeMutablePointer<Float>) {
        destination.update(repeating: 0, count: wholeInput.count)
        wholeInput.forEachRow(of: input.extent) { full, cut, length in
            (destination + full).update(from: input.gradient(image) + cut, count: length)
        }
    }

    private func check(_ images: Int) {
        precondition(
            images > 0 && images <= setting.capacity,
            "The plan was made for 1…\(setting.capacity) images, not \(images).")
    }

    /// Writes an image where the first step reads it; what reaches nothing is cut off.
    private func loadInput(_ image: Int, of batch: some ImageBatch, worker: Int) {
        let extent = input.extent
        let isWhole = extent == wholeInput
        let full = isWhole ? input.data(image) : fullInput[worker].pointer
        var destination = UnsafeMutableBufferPointer(start: full, count: wholeInput.count).mutableSpan
        batch.copyInput(of: image, into: &destination)
        if isWhole { return }
        wholeInput.forEachRow(of: extent) { fullOffset, cutOffset, length in
            (input.data(image) + cutOffset).update(from: full + fullOffset, count: length)
        }
    }
}
