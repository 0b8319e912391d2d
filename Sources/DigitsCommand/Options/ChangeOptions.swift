import ArgumentParser

/// What is done with model files that are no longer as they were written. The same for every command that reads some.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Read a model file that another program has changed since it was written.")
    var allowChanges = false

    /// What to type again for the same.
    var arguments: String { allowChanges ? " --allow-changes" : "" }
}
