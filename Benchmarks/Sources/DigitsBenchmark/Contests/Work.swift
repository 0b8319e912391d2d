import ArgumentParser

/// What is done over and over while its speed is taken.
enum Task: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Steps of training with Adam on sparse categorical cross-entropy. Images per second.
    case train
    /// Inference on whole batches. Images per second.
    case infer
    /// Inference, each call timed by itself. Median and 99th percentile.
    case latency
}

/// One piece of work that can be given to any program.
struct Work: Sendable {
    let task: Task
    let network: BenchmarkNetwork
    let batch: Int
    var threads: Int
}
