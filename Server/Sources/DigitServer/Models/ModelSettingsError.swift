/// Why a server cannot start with the models that it was told of.
public enum ModelSettingsError: Error, Sendable, CustomStringConvertible {
    /// A name that cannot be part of an address.
    case badName(String)
    /// Two models have one name.
    case duplicateName(String)
    /// A file holds no model that can be served.
    case unreadable(name: String, reason: String)
    /// An alias stands for a model that there is not.
    case aliasWithoutModel(alias: String, name: String)
    /// An alias is the name of a model.
    case aliasIsModel(String)
    /// A default version is given for a model that there is not.
    case defaultVersionWithoutModel(String)
    /// A default version is one that the model has not.
    case noSuchVersion(name: String, version: Int)
    /// There is nothing to serve.
    case noModels

    /// What happened, what was expected, what to do.
    public var description: String {
        switch self {
        case .badName(let name):
            "'\(name)' cannot name a model: a name has 1 to 128 letters, digits, '-', '_' or '.'. Give another one."
        case .duplicateName(let name):
            "Two models are called '\(name)', but requests choose one by its name. Give each a name of its own."
        case .unreadable(let name, let reason): "The model '\(name)' cannot be served. \(reason)"
        case .aliasWithoutModel(let alias, let name):
            "The alias '\(alias)' stands for '\(name)', but there is no such model. Name one that is served."
        case .aliasIsModel(let alias):
            "'\(alias)' is the name of a model and an alias, too. Call the alias something else."
        case .defaultVersionWithoutModel(let name):
            "A default version is given for '\(name)', but there is no such model. Name one that is served, by no alias."
        case .noSuchVersion(let name, let version):
            "The model '\(name)' has no version \(version) to answer by default: models that are no folder's have version 1 alone. Give that, or none."
        case .noModels:
            "There is no model to serve. Serve the shipped ones, or name a model or a folder with models."
        }
    }
}
