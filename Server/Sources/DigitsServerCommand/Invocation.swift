/// What the program is asked to do, by its arguments.
enum Invocation: Equatable {
    /// To serve with these settings.
    case serve([String])
    /// To say whether these settings are good, and do nothing more.
    case checkConfiguration([String])
    /// To make a token.
    case token(name: String?)
    /// To tell the settings as a table of Markdown, as the documentation has it.
    case settingsTable
    case help
    case version

    /// - Parameter arguments: the command line without the program's name.
    init(_ arguments: [String]) {
        if arguments.contains("--help") || arguments.contains("-h") {
            self = .help
        } else if arguments == ["--version"] {
            self = .version
        } else if arguments == ["--settings-table"] {
            self = .settingsTable
        } else if arguments.first == "token" {
            self = .token(name: arguments.count == 2 ? arguments[1] : nil)
        } else if arguments.contains("--check-config") {
            self = .checkConfiguration(arguments.filter { $0 != "--check-config" })
        } else {
            self = .serve(arguments)
        }
    }
}
