public import Settings

/// All that the program `digits-server` can be told: what it serves, and how it is operated.
public struct ServerConfiguration: Sendable {
    /// What is served, with which limits.
    public var service = ServerSettings()
    /// Who may ask, over what, and what is told of it.
    public var operation = OperationSettings()

    /// The default configuration.
    public init() {}

    /// The configuration that a command line, the environment and a file give together, by ``table``.
    ///
    /// - Parameters:
    ///   - arguments: the command line without the program's name.
    ///   - environment: all variables of the environment.
    /// - Throws: `SettingsError` for the first setting that is wrong.
    public init(arguments: [String], environment: [String: String]) throws(SettingsError) {
        self = try Self.table.values(arguments: arguments, environment: environment)
        switch (operation.certificatePath, operation.keyPath) {
        case (.some, nil): throw .missing("tls-key", besides: "tls-certificate")
        case (nil, .some): throw .missing("tls-certificate", besides: "tls-key")
        case (nil, nil), (.some, .some): break
        }
    }
}
