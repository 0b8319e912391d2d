import DigitRecognition
import NIOPosix
import Synchronization

extension InferenceQueue {
    /// Lets a thread of the pool work; it is counted as active already.
    func startWorker() {
        threads.submit { [self] state in
            guard case .active = state else { return }
            while let batch = nextBatch() { compute(batch) }
        }
    }

    /// Images of the first job that waits and of others of its model, up to the limit; nil where there are none, and then the worker has
    /// ended. What is left of a job waits behind the others.
    private func nextBatch() -> [Slice]? {
        state.withLock { state in
            guard let model = state.waiting.first?.job.model else {
                state.active -= 1
                return nil
            }
            var batch: [Slice] = []
            var count = 0
            var left: [Slice] = []
            var rest: Slice?
            for (place, slice) in state.waiting.enumerated() {
                guard count < limits.batchImages else {
                    left.append(contentsOf: state.waiting[place...])
                    break
                }
                guard slice.job.model === model else {
                    left.append(slice)
                    continue
                }
                let taken = slice.images.prefix(limits.batchImages - count)
                batch.append(Slice(job: slice.job, images: taken))
                count += taken.count
                if taken.count < slice.images.count {
                    rest = Slice(job: slice.job, images: taken.upperBound..<slice.images.upperBound)
                }
            }
            state.waiting = left
            // Only the last one that was taken can have been too many.
            if let rest { state.insert(rest) }
            state.waitingImages -= count
            return batch
        }
    }

    /// Computes slices of one model, but for those that nobody needs any more or that are late.
    private func compute(_ batch: [Slice]) {
        let now = ContinuousClock.now
        let slices = batch.filter { slice in
            if slice.job.isOver { return false }
            if slice.job.isAbandoned() {
                slice.job.end(CancellationError())
                return false
            }
            // What has begun goes on.
            if slice.images.lowerBound == 0, now > slice.job.deadline {
                slice.job.end(ServiceError.late)
                return false
            }
            return true
        }
        guard let model = slices.first?.job.model else { return }
        let count = slices.reduce(0) { $0 + $1.images.count }
        metrics.record(batch: count)
        var inputs = [Float](repeating: 0, count: count * model.pixelCount)
        var start = 0
        for slice in slices {
            if slice.images.lowerBound == 0 { metrics.record(waiting: now - slice.job.arrival) }
            var room = inputs.mutableSpan
            slice.job.images.write(slice.images, for: model, into: &room, at: start * model.pixelCount)
            start += slice.images.count
        }
        let outputs = outputs(of: inputs, count: count, model)
        start = 0
        for slice in slices {
            let end = start + slice.images.count
            slice.job.take(outputs[start * model.classCount..<end * model.classCount], of: slice.images)
            start = end
        }
    }

    /// Computes images for themselves.
    func compute(_ images: ImageTensor, _ range: Range<Int>, of model: ServedModel) -> [Float] {
        var inputs = [Float](repeating: 0, count: range.count * model.pixelCount)
        var room = inputs.mutableSpan
        images.write(range, for: model, into: &room, at: 0)
        return outputs(of: inputs, count: range.count, model)
    }

    private func outputs(of inputs: [Float], count: Int, _ model: ServedModel) -> [Float] {
        let start = ContinuousClock.now
        var outputs = [Float](repeating: 0, count: count * model.classCount)
        var room = outputs.mutableSpan
        model.predictor.predict(inputs: inputs.span, into: &room)
        metrics.record(network: ContinuousClock.now - start)
        return outputs
    }
}
