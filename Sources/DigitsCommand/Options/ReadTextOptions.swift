import ArgumentParser

/// What is told about pictures that were read.
struct ReadTextOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How sure a digit must be, 0 to 1; in place of others stands ?. (default: 0)",
            valueName: "share"),
        transform: TypedValue.number)
    var minConfidence: Double?

    @Flag(
        help: "Exit with code 3 where a digit is less sure than --min-confidence, or a picture has no digits."
    )
    var strict = false

    @Flag(help: "Print a JSON object for each picture, one on a line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write a table, too: a row for each number, and one for each picture without any, which says why.",
            valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var csv: String?

    @Flag(
        name: [.customLong("with-filename"), .customShort("H")],
        help: "Print the file's name before each number.")
    var withFilename = false

    @Flag(help: "Print no file names, not even at a terminal.")
    var noFilename = false

    func validate() throws {
        if let minConfidence, !(0...1).contains(minConfidence) {
            throw ValidationError("--min-confidence is \(minConfidence), but must be 0 to 1.")
        }
        if csv == "" {
            throw ValidationError("--csv is empty. Name a file, or leave the option out.")
        }
        if csv == "-" {
            throw ValidationError(
                "--csv writes a file and not to standard output. Name a file, or print objects with --json.")
        }
        if withFilename && noFilename {
            throw ValidationError("--with-filename and --no-filename exclude each other. Give one of them.")
        }
        if json && (withFilename || noFilename) {
            throw ValidationError(
                "\(withFilename ? "--with-filename" : "--no-filename") is for text; with --json each object names its file. "
                    + "Give one of them.")
        }
    }

    /// Below it `?` stands in place of a digit.
    var minimumConfidence: Double { minConfidence ?? 0 }
}
