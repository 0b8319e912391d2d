import DigitRecognition
import Foundation

/// A program with its settings, in a contest.
struct Contestant: Sendable {
    /// Who does the work.
    enum Program: Sendable {
        /// This package.
        case digits(kernels: String?, images: BenchmarkImages)
        /// A script of `Peers/`, in an environment of Python.
        case peer(environment: String, script: String, mode: String)
    }

    /// Its name within the contest.
    let key: String
    /// What the report calls it, but for the version, which the program tells itself.
    let title: String
    let program: Program
    let work: Work

    /// Ours on the fastest instruction set and MNIST, unless said otherwise.
    static func digits(
        _ work: Work, key: String = "digits", title: String = "digits", kernels: String? = nil,
        images: BenchmarkImages = .mnist
    ) -> Contestant {
        Contestant(
            key: key, title: title, program: .digits(kernels: kernels, images: images), work: work)
    }

    /// Keras on TensorFlow.
    static func keras(_ work: Work, compiled: Bool = false) -> Contestant {
        Contestant(
            key: compiled ? "keras-jit" : "keras", title: compiled ? "Keras, XLA" : "Keras",
            program: .peer(
                environment: "keras", script: "keras_worker.py", mode: compiled ? "jit" : "graph"),
            work: work)
    }

    /// PyTorch.
    static func torch(_ work: Work, compiled: Bool = false) -> Contestant {
        Contestant(
            key: compiled ? "torch-compile" : "torch",
            title: compiled ? "PyTorch, torch.compile" : "PyTorch, eager",
            program: .peer(
                environment: "torch", script: "torch_worker.py", mode: compiled ? "compile" : "eager"),
            work: work)
    }

    /// JAX with Flax and Optax.
    static func jax(_ work: Work) -> Contestant {
        Contestant(
            key: "jax", title: "JAX", program: .peer(environment: "jax", script: "jax_worker.py", mode: ""),
            work: work)
    }

    /// ONNX Runtime.
    static func onnxRuntime(_ work: Work, key: String = "onnxruntime", title: String = "ONNX Runtime")
        -> Contestant
    {
        Contestant(
            key: key, title: title,
            program: .peer(environment: "onnx", script: "onnx_worker.py", mode: "onnxruntime"), work: work)
    }

    /// OpenVINO.
    static func openVINO(_ work: Work, throughput: Bool = false) -> Contestant {
        Contestant(
            key: throughput ? "openvino-throughput" : "openvino",
            title: throughput ? "OpenVINO, several streams" : "OpenVINO",
            program: .peer(
                environment: "onnx", script: "onnx_worker.py",
                mode: throughput ? "openvino-throughput" : "openvino"),
            work: work)
    }
}

extension Contestant {
    /// The program and its arguments; nil where it is not installed here.
    /// - Parameter settings: Where things are, and how long a turn lasts.
    func command(_ settings: RunSettings) throws -> [String]? {
        var options = [
            "--task", work.task.rawValue, "--batch", "\(work.batch)", "--threads", "\(work.threads)",
            "--seconds", "\(settings.seconds)",
        ]
        switch program {
        case .digits(let kernels, let images):
            if let kernels, Kernels.named(kernels) == nil { return nil }
            options += ["--network", work.network.name, "--images", images.rawValue]
            if let kernels { options += ["--kernels", kernels] }
            if let data = settings.data { options += ["--data", data.path] }
            return [CommandLine.arguments[0], "worker"] + options
        case .peer(let environment, let script, let mode):
            let python = settings.environments.appendingPathComponent("\(environment)/bin/python")
            guard FileManager.default.isExecutableFile(atPath: python.path) else { return nil }
            let layers = String(decoding: try JSONEncoder().encode(work.network.layers), as: UTF8.self)
            options += ["--network", layers, "--data", try settings.dataFolder.path]
            if !mode.isEmpty { options += ["--mode", mode] }
            return [python.path, settings.peers.appendingPathComponent(script).path] + options
        }
    }
}
