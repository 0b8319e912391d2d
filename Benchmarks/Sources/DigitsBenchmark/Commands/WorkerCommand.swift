import ArgumentParser
import DigitRecognition
import Foundation

/// Our worker: does its work once for each line "run" on its input, as the scripts of `Peers/` do.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Does one piece of work for each line 'run' on its input.")

    @Option(help: "What to do.")
    var task: Task

    @Option(help: "The network's name.")
    var network: String

    @Option(help: "Pictures in a batch.")
    var batch: Int

    @Option(help: "Threads to compute with.")
    var threads: Int

    @Option(help: "The instruction set.")
    var kernels: String?

    @Option(help: "What to compute on.")
    var images = BenchmarkImages.mnist

    @Option(help: "How long a run lasts.")
    var seconds = 1.0

    @OptionGroup
    var data: DataOption

    func run() async throws {
        guard let network = BenchmarkNetwork.named(network) else {
            throw ValidationError("There is no network '\(network)'.")
        }
        guard let kernels = kernels.map(Kernels.named) ?? .best else {
            throw ValidationError("This machine has no instruction set '\(kernels ?? "")'.")
        }
        let work = DigitsWork(
            work: Work(task: task, network: network, batch: batch, threads: threads), kernels: kernels,
            images: try await images.load(from: data.directory), seconds: seconds)
        _ = try work.run()
        let description = WorkerProcess.Description(
            name: "digits", settings: "\(kernels), \(threads) \(threads == 1 ? "thread" : "threads")")
        try write(description)
        while let line = readLine() {
            if line == "run" { try write(work.run()) }
        }
    }

    private func write(_ value: some Encodable) throws {
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(value) + Data("\n".utf8))
    }
}
