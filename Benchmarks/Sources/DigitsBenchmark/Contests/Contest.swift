/// Contestants that take turns, so that a noisy machine hits all of them alike.
struct Contest: Sendable {
    /// Its name on command lines, and that of its file of results.
    let name: String
    /// Its heading in the report.
    let title: String
    let contestants: [Contestant]

    static func named(_ name: String) -> Contest? { all.first { $0.name == name } }
}

extension Contest {
    /// Every contest of this machine.
    static let all =
        [notebookTraining, notebookTraining128, lenetTraining, generalTraining, accurateTraining]
        + BenchmarkNetwork.augmented.map(augmentedTraining)
        + [inference(batch: 256), inference(batch: 32), latency]

    private static let notebookTraining: Contest = {
        let work = Work(task: .train, network: .notebook, batch: 32, threads: 2)
        return Contest(
            name: "train-notebook-32", title: "Training the notebook's CNN, batch 32",
            contestants: [
                .digits(work),
                .digits(work.with(threads: 1), key: "digits-1", title: "digits, 1 thread"),
                .digits(work, key: "digits-avx2", title: "digits, AVX2 forced", kernels: "avx2"),
                .digits(work, key: "digits-grey", title: "digits, no pixel blank", images: .grey),
                .keras(work), .torch(work), .torch(work, compiled: true), .jax(work),
            ])
    }()

    private static let notebookTraining128: Contest = {
        let work = Work(task: .train, network: .notebook, batch: 128, threads: 2)
        return Contest(
            name: "train-notebook-128", title: "Training the notebook's CNN, batch 128",
            contestants: [.digits(work), .keras(work), .torch(work)])
    }()

    private static let lenetTraining: Contest = {
        let work = Work(task: .train, network: .lenet5, batch: 32, threads: 2)
        let large = Work(task: .train, network: .lenet5, batch: 128, threads: 2)
        return Contest(
            name: "train-lenet5", title: "Training LeNet-5",
            contestants: [
                .digits(work),
                .digits(work.with(threads: 1), key: "digits-1", title: "digits, 1 thread"),
                .digits(large, key: "digits-128", title: "digits, batch 128"),
                .digits(
                    large.with(threads: 1), key: "digits-128-1", title: "digits, batch 128, 1 thread"),
                .keras(work), .torch(work),
            ])
    }()

    private static let generalTraining = plainTraining(of: .general)

    private static let accurateTraining = plainTraining(of: .accurate)

    private static func plainTraining(of network: BenchmarkNetwork) -> Contest {
        let work = Work(task: .train, network: network, batch: 32, threads: 2)
        return Contest(
            name: "train-\(network.name)", title: "Training \(network.title), batch 32",
            contestants: [
                .digits(work),
                .digits(work.with(threads: 1), key: "digits-1", title: "digits, 1 thread"),
                .keras(work), .torch(work), .torch(work, compiled: true),
            ])
    }

    private static func augmentedTraining(of network: BenchmarkNetwork) -> Contest {
        func work(_ network: BenchmarkNetwork) -> Work {
            Work(task: .train, network: network, batch: 64, threads: 2)
        }
        return Contest(
            name: "augment-\(network.name)", title: "Training \(network.title), batch 64, with augmentation",
            contestants: [
                .digits(work(network)),
                .digits(
                    work(network.withAugmentation), key: "digits-augmented",
                    title: "digits, standard augmentation"),
            ])
    }

    private static func inference(batch: Int) -> Contest {
        let work = Work(task: .infer, network: .notebook, batch: batch, threads: 2)
        return Contest(
            name: "infer-\(batch)", title: "Inference with the notebook's CNN, batch \(batch)",
            contestants: [
                .digits(work),
                .digits(work.with(threads: 1), key: "digits-1", title: "digits, 1 thread"),
                .digits(work, key: "digits-grey", title: "digits, no pixel blank", images: .grey),
                .onnxRuntime(work),
                .onnxRuntime(
                    work.with(threads: 1), key: "onnxruntime-1", title: "ONNX Runtime, 1 thread"),
                .openVINO(work), .openVINO(work, throughput: true), .keras(work), .torch(work),
            ])
    }

    private static let latency: Contest = {
        let work = Work(task: .latency, network: .notebook, batch: 1, threads: 1)
        return Contest(
            name: "latency", title: "One picture at a time, the notebook's CNN",
            contestants: [
                .digits(work), .onnxRuntime(work),
                .onnxRuntime(
                    work.with(threads: 2), key: "onnxruntime-2", title: "ONNX Runtime, 2 threads"),
                .openVINO(work), .keras(work), .torch(work),
            ])
    }()
}

extension Work {
    fileprivate func with(threads: Int) -> Work {
        var work = self
        work.threads = threads
        return work
    }
}
