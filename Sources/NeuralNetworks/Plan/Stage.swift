/// Work between two barriers of all threads.
enum Stage: Sendable {
    typealias ImageWork = @Sendable (_ images: Range<Int>, _ batch: Int, _ worker: Int) -> Void
    typealias BatchWork = @Sendable (_ images: Int) -> Void

    /// Some images of the batch at a time.
    case images([ImageWork])
    /// The whole batch at once, by one thread.
    case batch(BatchWork)
}

/// Steps one after the other as stages. What needs no barrier in between is one stage.
struct StageList {
    private var closed: [Stage] = []
    private var current: [Stage.ImageWork] = []

    /// The stages, of which the first loads the images.
    var stages: [Stage] { closed + [.images(current)] }

    mutating func forward(_ steps: [any Step]) {
        for step in steps {
            if let reducing = step as? any BatchReducingStep {
                current.append { images, _, _ in reducing.summarizeForward(images) }
                barrier { reducing.mergeForward(images: $0) }
            }
            current.append { images, _, worker in step.forward(images, worker: worker) }
        }
    }

    mutating func evaluate(_ loss: LossStep) {
        current.append { images, batch, worker in loss.evaluate(images, batch: batch, worker: worker) }
    }

    mutating func backward(_ steps: [any Step]) {
        for step in steps.reversed() {
            if let reducing = step as? any BatchReducingStep {
                current.append { images, _, _ in reducing.summarizeBackward(images) }
                barrier { reducing.mergeBackward(images: $0) }
            }
            current.append { images, _, worker in step.backward(images, worker: worker) }
        }
    }

    private mutating func barrier(_ work: @escaping Stage.BatchWork) {
        closed += [.images(current), .batch(work)]
        current = []
    }
}
