/// One thing that the package sets out to reach.
struct Goal: Sendable {
    /// How a value is written.
    enum Unit: Sendable {
        case times, share, milliseconds, megabytes, operations
    }

    let title: String
    let goal: Double
    let minimum: Double
    let unit: Unit
    /// The value; nil where it was not measured.
    let value: @Sendable ([String: Measured]) throws -> Double?

    /// Whether a smaller value is better: where the goal lies below the minimum.
    var isSmallerBetter: Bool { goal < minimum }

    /// Whether a value is as good as a bound.
    private func reaches(_ value: Double, _ bound: Double) -> Bool {
        isSmallerBetter ? value <= bound : value >= bound
    }

    /// A value against the goal, in words.
    func verdict(_ value: Double) -> String {
        if reaches(value, goal) { return "goal reached" }
        let missing = String.fixed(isSmallerBetter ? value / goal : goal / value, digits: 2)
        return reaches(value, minimum)
            ? "minimum reached; the goal is missed by a factor of \(missing)"
            : "**missed**; the goal by a factor of \(missing)"
    }

    /// A value with its unit.
    func text(_ value: Double) -> String {
        switch unit {
        case .times: "\(String.fixed(value, digits: value < 10 ? 2 : 1)) ×"
        case .share: "\(String.fixed(value, digits: 2)) of its time"
        case .milliseconds: "\(String.fixed(value, digits: 1)) ms"
        case .megabytes: "\(String.fixed(value, digits: 0)) MB"
        case .operations: "\(String.fixed(value, digits: 1)) GFLOP/s"
        }
    }
}

extension Goal {
    private static let speed = "images_per_second"
    private static let frameworks = ["keras", "torch", "torch-compile"]

    /// Every goal, in the order of the report.
    static let all: [Goal] =
        [
            againstFrameworks(
                "training, the notebook's CNN, batch 32, against the best of Keras and PyTorch",
                "train-notebook-32",
                goal: 20, minimum: 10),
            Goal(
                title: "training, LeNet-5, batch 32, per core (operations of the dense network)", goal: 90,
                minimum: 43, unit: .operations
            ) { measured in
                guard let speed = measured["train-lenet5"]?.median("digits", speed) else { return nil }
                return try speed * BenchmarkNetwork.lenet5.denseOperations(training: true) / 1e9 / 2
            },
            ratio(
                "inference, batch 256, against ONNX Runtime", "infer-256", "digits", to: "onnxruntime", speed,
                goal: 5, minimum: 3),
            ratio(
                "one picture, one thread, against ONNX Runtime on one thread", "latency", "digits",
                to: "onnxruntime", "median_us", goal: 1.0 / 5, minimum: 1.0 / 3, unit: .share),
            againstFrameworks(
                "training, a general network, against the best of Keras and PyTorch", "train-general",
                goal: 2,
                minimum: 1.2),
            againstFrameworks(
                "training, a network for high accuracy, against the best of Keras and PyTorch",
                "train-accurate",
                goal: 10, minimum: 4),
            Goal(
                title: "cold start: from the process's start to its end, one prediction printed", goal: 15,
                minimum: 30, unit: .milliseconds
            ) { $0[ProcessRow.name]?.median(ProcessRow.prediction, "milliseconds") },
            Goal(title: "peak memory of training on MNIST", goal: 120, minimum: 180, unit: .megabytes) {
                $0[ProcessRow.name]?.median(ProcessRow.training, "megabytes")
            },
            ratio(
                "scaling from 1 to 2 threads, training the notebook's CNN at batch 32", "train-notebook-32",
                "digits", to: "digits-1", speed, goal: 1.9, minimum: 1.75),
            againstFrameworks(
                "AVX2 forced, training the notebook's CNN, against the best of Keras and PyTorch (unrestricted)",
                "train-notebook-32", ours: "digits-avx2", goal: 12, minimum: 5),
        ] + BenchmarkNetwork.augmented.map(augmentation)

    /// What distorting the pictures adds to a step.
    private static func augmentation(of network: BenchmarkNetwork) -> Goal {
        Goal(
            title: "augmentation against the training step that it feeds, \(network.title)", goal: 0.05,
            minimum: 0.1, unit: .share
        ) {
            $0["augment-\(network.name)"]?.ratio("digits", to: "digits-augmented", speed).map { $0 - 1 }
        }
    }

    private static func againstFrameworks(
        _ title: String, _ row: String, ours: String = "digits", goal: Double, minimum: Double
    ) -> Goal {
        Goal(title: title, goal: goal, minimum: minimum, unit: .times) { measured in
            guard let row = measured[row], let best = row.best(of: frameworks, speed) else { return nil }
            return row.ratio(ours, to: best, speed)
        }
    }

    private static func ratio(
        _ title: String, _ row: String, _ key: String, to other: String, _ quantity: String, goal: Double,
        minimum: Double, unit: Unit = .times
    ) -> Goal {
        Goal(title: title, goal: goal, minimum: minimum, unit: unit) {
            $0[row]?.ratio(key, to: other, quantity)
        }
    }
}
