import ArgumentParser
import DigitRecognition
import TerminalGraphics

/// How many threads work. The same for every command that trains or evaluates.
struct ThreadOptions: ParsableArguments {
    /// More than any machine gains from; each thread has a stack and buffers of its own.
    private static let limit = 256

    @Option(
        parsing: .unconditional,
        help: "Threads; results are the same for any number. (default and at most: one for each processor)",
        transform: TypedValue.wholeNumber)
    var threads: Int?

    func validate() throws {
        if let threads, !(1...Self.limit).contains(threads) {
            throw ValidationError("--threads is \(threads), but must be 1 to \(Self.limit).")
        }
        if let threads, threads > count {
            TerminalStream.standardError.note(
                "digits: warning: --threads is \(threads), but this process may use \(count) "
                    + "processor\(count == 1 ? "" : "s"); more threads would only wait for each other, so there are \(count)."
            )
        }
    }

    /// Threads to use.
    var count: Int { min(threads ?? .max, Model.processorCount) }
}
