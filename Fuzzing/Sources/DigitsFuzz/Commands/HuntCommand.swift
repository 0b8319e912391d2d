import ArgumentParser
import Foundation

/// Tries cases in processes of their own, and says which of them went wrong.
struct HuntCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hunt", abstract: "Tries cases, and says which went wrong (the default).",
        discussion: """
            A case is all of its target, the seed and its number: the same three make the same case again. The exit code is 1 \
            where something was found.
            """)

    @Argument(help: "What is tried: \(HuntTarget.help).")
    var target = HuntTarget.all

    @Option(help: "How long each target is tried, in seconds (60, unless --cases is given).")
    var seconds: Double?

    @Option(help: "How many cases of each target are tried.")
    var cases: Int?

    @Option(help: "What else is tried than with another seed.")
    var seed: UInt64 = 1

    @Option(help: "The number of the first case.")
    var first = 0

    @Option(help: "The folder for what was found.")
    var keep = "fuzzing-findings"

    @OptionGroup
    var limits: Limits

    func validate() throws {
        if seconds != nil, cases != nil { throw ValidationError("Give --seconds or --cases, not both.") }
        if let seconds, !(seconds > 0) { throw ValidationError("--seconds must be above 0, not \(seconds).") }
        if let cases, cases < 1 { throw ValidationError("--cases must be at least 1, not \(cases).") }
        if first < 0 { throw ValidationError("--first must be at least 0, not \(first).") }
    }

    func run() async throws {
        var count = 0
        for target in target.targets {
            let hunt = Hunt(
                cases: try await CaseMaker(target, seed: seed), limits: limits,
                folder: URL(fileURLWithPath: keep))
            count += try hunt.run(
                from: first, count: cases, seconds: seconds ?? (cases == nil ? 60 : nil)
            ) {
                // Not kept back until there is more, as by print.
                FileHandle.standardOutput.write(Data("\($0)\n".utf8))
            }
        }
        if count > 0 { throw ExitCode(1) }
    }
}
