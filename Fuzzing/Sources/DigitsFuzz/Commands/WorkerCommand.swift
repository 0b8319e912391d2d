import ArgumentParser
import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Tries one case after the other in this process. A line says which comes next, and one what became of it; the first that goes
/// wrong is the last.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Tries cases in this process, as 'hunt' does in others; for a debugger.")

    @Argument(help: "What is tried: \(FuzzTarget.help).")
    var target: FuzzTarget

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @Option(help: "The number of the first case.")
    var first: Int

    @Option(help: "How many cases are tried.")
    var cases = 1

    @OptionGroup
    var limits: Limits

    func run() async throws {
        limits.limitAddressSpace()
        let maker = try await CaseMaker(target, seed: seed)
        // What libraries print comes not between the lines.
        let output = FileHandle(fileDescriptor: dup(STDOUT_FILENO))
        dup2(STDERR_FILENO, STDOUT_FILENO)
        for number in first..<first + cases {
            try output.write(contentsOf: WorkerLine.begins(number).data)
            limits.startTime()
            let start = ProcessUsage.now.seconds
            let fault = maker.make(number).fault()
            var usage = ProcessUsage.now
            usage.seconds -= start
            let line = (fault ?? limits.memoryFault(usage)).map(WorkerLine.fault) ?? .fine(usage)
            try output.write(contentsOf: line.data)
            if case .fault = line { throw ExitCode(1) }
        }
    }
}
