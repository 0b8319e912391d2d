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

    @OptionGroup
    var which: CaseOptions

    @OptionGroup
    var limits: Limits

    func run() async throws {
        var count = 0
        for target in target.targets {
            let hunt = Hunt(
                cases: try await CaseMaker(target, seed: which.seed), limits: limits,
                folder: URL(fileURLWithPath: which.keep))
            count += try hunt.run(
                from: which.first, count: which.cases, seconds: which.time
            ) {
                // Not kept back until there is more, as by print.
                FileHandle.standardOutput.write(Data("\($0)\n".utf8))
            }
        }
        if count > 0 { throw ExitCode(1) }
    }
}
