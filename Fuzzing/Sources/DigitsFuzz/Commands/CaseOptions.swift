import ArgumentParser

/// Which cases a hunt tries, and where it keeps what it finds.
struct CaseOptions: ParsableArguments {
    @Option(
        help: "How long cases are tried, each target's in turn, in seconds (60, unless --cases is given).")
    var seconds: Double?

    @Option(help: "How many cases are tried, of each target.")
    var cases: Int?

    @Option(help: "What else is tried than with another seed.")
    var seed: UInt64 = 1

    @Option(help: "The number of the first case.")
    var first = 0

    @Option(help: "The folder for what was found.")
    var keep = "fuzzing-findings"

    func validate() throws {
        if seconds != nil, cases != nil { throw ValidationError("Give --seconds or --cases, not both.") }
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0, not \(seconds).") }
        if let cases, cases < 1 { throw ValidationError("--cases must be at least 1, not \(cases).") }
        if first < 0 { throw ValidationError("--first must be at least 0, not \(first).") }
    }

    /// How long cases are tried; nil for as long as their number takes.
    var time: Double? { seconds ?? (cases == nil ? 60 : nil) }
}
