import ArgumentParser
import Datasets

/// The part of a data set. The same for every command that looks at pictures.
struct SplitOption: ParsableArguments {
    @Option(
        help: "The part of the data set: \(TypedValue.splitNames.joined(separator: " or ")). (default: test)",
        completion: .list(TypedValue.splitNames), transform: TypedValue.split)
    var split = DatasetSplit.test
}
