import ArgumentParser
import DigitRecognition

/// How many threads work. The same for every command that trains or evaluates.
struct ThreadOptions: ParsableArguments {
    /// More than any machine gains from; each thread has a stack and buffers of its own.
    private static let limit = 256

    @Option(
        parsing: .unconditional,
        help: "Threads; results are the same for any number. (default: one for each processor)",
        transform: TypedValue.wholeNumber)
    var threads: Int?

    func validate() throws {
        if let threads, !(1...Self.limit).contains(threads) {
            throw ValidationError("--threads is \(threads), but must be 1 to \(Self.limit).")
        }
    }

    /// Threads to use.
    var count: Int { threads ?? Model.processorCount }
}
