import ArgumentParser
import Datasets
import PlainText

/// How many synthetic digits are drawn, and which. The same for every command that needs data.
struct SynthesisOptions: ParsableArguments {
    /// A million pictures are 784 MB of memory.
    private static let limit = 1_000_000

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Training pictures of the data set synthetic; its test pictures are 10,000. (default: 60000)",
            valueName: "count"),
        transform: TypedValue.wholeNumber)
    var syntheticCount: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What the pictures of the data set synthetic follow from. (default: 1)", valueName: "seed"),
        transform: TypedValue.seed)
    var syntheticSeed: UInt64?

    func validate() throws {
        if let syntheticCount, !(1...Self.limit).contains(syntheticCount) {
            throw ValidationError(
                "--synthetic-count is \(syntheticCount), but must be 1 to \(NumberText.grouped(Self.limit)).")
        }
    }
}

extension SynthesisOptions {
    /// The digits that were asked for.
    var source: SyntheticSource {
        let usual = SyntheticSource()
        return SyntheticSource(
            seed: syntheticSeed ?? usual.seed,
            trainingCount: syntheticCount ?? usual.description.trainingCount)
    }

    /// The options that somebody typed, with their values.
    var typed: [(name: String, value: String)] {
        [
            ("--synthetic-count", syntheticCount.map { "\($0)" }),
            ("--synthetic-seed", syntheticSeed.map { "\($0)" }),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}

extension DatasetDescription {
    /// The options that name this data set on a command line.
    var options: String {
        var text = "--dataset \(name)"
        guard let seed else { return text }
        let usual = SyntheticSource()
        if seed != usual.seed { text += " --synthetic-seed \(seed)" }
        if trainingCount != usual.description.trainingCount { text += " --synthetic-count \(trainingCount)" }
        return text
    }
}
