import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Whole processes of the command `digits`: the peak memory of training, and how long one prediction takes from start
/// to end, in turns with a program that does nothing.
struct ProcessRow {
    static let name = "processes"
    static let training = "train"
    static let prediction = "predict"
    static let nothing = "true"
    private static let trainings = 3

    func run(_ settings: RunSettings, _ circumstances: Circumstances, report: (String) -> Void) throws {
        guard FileManager.default.isExecutableFile(atPath: settings.digits.path) else {
            throw BenchmarkFailure(
                "\(settings.digits.path) is missing; build it with 'swift build -c release --product digits'."
            )
        }
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "digits-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        var lines = [ResultLine.circumstances(circumstances)]
        let data = ["--data", try settings.dataFolder.path]

        for turn in 1...Self.trainings {
            let run = try measure(
                [settings.digits.path, "train", "--epochs", "1", "--threads", "2", "--quiet", "--output"]
                    + [scratch.appendingPathComponent("\(turn)").path] + data)
            lines.append(.turn(key: Self.training, turn: turn, values: run))
            report("training: \(run["megabytes"]!) MB")
        }
        let model = scratch.appendingPathComponent("1/model.safetensors").path
        let predict = [settings.digits.path, "predict", model, "--index", "7"] + data
        _ = try measure(predict)
        for turn in 1...settings.processTurns {
            lines.append(.turn(key: Self.prediction, turn: turn, values: try measure(predict)))
            lines.append(.turn(key: Self.nothing, turn: turn, values: try measure(["/bin/true"])))
        }
        try ResultsFile(Self.name, in: settings).write(lines)
    }

    /// Runs a program to its end without showing its output.
    /// - Returns: `milliseconds` from start to end, and the peak of `megabytes` in memory.
    private func measure(_ command: [String]) throws -> [String: Double] {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        var status: Int32 = 0
        var usage = rusage()
        let start = ContinuousClock.now
        let code = posix_spawn(&process, command[0], &actions, nil, &arguments, environ)
        guard code == 0, wait4(process, &status, 0, &usage) == process, status == 0 else {
            throw BenchmarkFailure(
                "This failed; run it by hand to see why:\n\(command.joined(separator: " "))")
        }
        let seconds = (ContinuousClock.now - start).seconds
        #if canImport(Darwin)
            let bytes = Double(usage.ru_maxrss)
        #else
            let bytes = Double(usage.ru_maxrss) * 1024
        #endif
        return ["milliseconds": seconds * 1000, "megabytes": (bytes / 1e6).rounded()]
    }
}
