/// Why the program ends without having done its work: a sentence for standard error.
struct CommandFailure: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
