import Training

/// Writes down what it is told, and stops where it is asked to.
final class CallbackRecorder: TrainingCallback {
    enum Event: Equatable {
        /// A batch ended: the epoch, and the epoch's images so far.
        case batch(Int, Int)
        case validation(Int)
        case epoch(Int)
    }

    private(set) var events: [Event] = []
    private(set) var progress: [TrainingProgress] = []
    private(set) var results: [EpochResult] = []
    private let last: Event?

    init(stoppingAfter last: Event? = nil) {
        self.last = last
    }

    func batchEnded(_ progress: TrainingProgress) -> TrainingDecision {
        self.progress.append(progress)
        return record(.batch(progress.epoch, progress.images))
    }

    func validationBegan(epoch: Int) { _ = record(.validation(epoch)) }

    func epochEnded(_ result: EpochResult) -> TrainingDecision {
        results.append(result)
        return record(.epoch(result.epoch))
    }

    private func record(_ event: Event) -> TrainingDecision {
        events.append(event)
        return event == last ? .stop : .goOn
    }
}
