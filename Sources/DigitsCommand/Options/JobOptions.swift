import ArgumentParser
import DigitRecognition

/// How many files are worked on at the same time.
struct JobOptions: ParsableArguments {
    /// More than any machine gains from; each picture needs memory.
    private static let limit = 256

    @Option(
        parsing: .unconditional,
        help:
            "Pictures that are read at the same time; results come in the same order. (default: one for each processor)",
        transform: TypedValue.wholeNumber)
    var jobs: Int?

    func validate() throws {
        if let jobs, !(1...Self.limit).contains(jobs) {
            throw ValidationError("--jobs is \(jobs), but must be 1 to \(Self.limit).")
        }
    }

    /// Pictures to read at the same time.
    var count: Int { jobs ?? Model.processorCount }
}
