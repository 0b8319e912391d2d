import ArgumentParser
import DigitServer

/// What the server is told.
struct ServerOptions: ParsableArguments {
    @Option(help: "The name or address that connections are accepted on.")
    var host = "127.0.0.1"

    @Option(help: "The port that connections are accepted on, 0 to 65535; with 0 the system chooses one.")
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "A model that is served under a name: its file, or the folder of its run. May be given several times.",
            valueName: "name=path"),
        transform: Self.source)
    var model: [ModelSettings.Source] = []

    @Option(
        help: ArgumentHelp(
            "A folder with models, NAME.safetensors or NAME/VERSION/model.safetensors, which is watched.",
            valueName: "folder"),
        completion: .directory)
    var modelsFolder: String?

    @Option(
        help: ArgumentHelp("Another name of a model. May be given several times.", valueName: "alias=name"),
        transform: Self.pair)
    var alias: [Pair] = []

    @Flag(help: "Models of the folder may be loaded and unloaded over the network.")
    var allowManagement = false

    /// Two texts with `=` between them.
    struct Pair {
        let name: String
        let value: String
    }

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port), but must be 0 to 65535.")
        }
    }

    /// The settings.
    var settings: ServerSettings {
        var settings = ServerSettings()
        settings.host = host
        settings.port = port
        settings.models.sources = model
        settings.models.folder = modelsFolder
        settings.models.aliases = Dictionary(alias.map { ($0.name, $0.value) }) { $1 }
        settings.models.allowsManagement = allowManagement
        return settings
    }

    private static func source(_ text: String) throws -> ModelSettings.Source {
        let pair = try pair(text)
        return ModelSettings.Source(name: pair.name, path: pair.value)
    }

    private static func pair(_ text: String) throws -> Pair {
        guard let place = text.firstIndex(of: "="), place > text.startIndex,
            place < text.index(before: text.endIndex)
        else { throw ValidationError("'\(text)' is no name and value; write them with '=' between them.") }
        return Pair(name: String(text[..<place]), value: String(text[text.index(after: place)...]))
    }
}
