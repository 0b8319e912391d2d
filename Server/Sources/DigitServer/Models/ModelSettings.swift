/// Which models are served.
public struct ModelSettings: Sendable, Hashable {
    /// A model of a file.
    public struct Source: Sendable, Hashable {
        /// What requests call it.
        public var name: String
        /// The model's file, or the folder of the run that trained it.
        public var path: String

        /// A model of a file.
        public init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    /// Whether the models that come with the package are served, under their names.
    public var includesShipped = true
    /// Models of files, each with a name of its own. One of the name of a shipped model is served in its place.
    public var sources: [Source] = []
    /// A folder with models, which is watched: `NAME.safetensors`, or `NAME/VERSION/model.safetensors` with whole numbers from 1 for
    /// versions; nil for none. What appears in it is loaded, what changes is loaded anew, what disappears is unloaded.
    public var folder: String?
    /// How often the folder is looked into.
    public var folderInterval = Duration.seconds(2)
    /// Other names of models, each with the name that it stands for.
    public var aliases: [String: String] = [:]
    /// The version of a model that answers where a request names none, from 1, by the model's name. Of other models it is the highest; so
    /// it is of a model of the folder as long as that version is not there.
    public var defaultVersions: [String: Int] = [:]
    /// Whether models may be loaded and unloaded over the network.
    public var allowsManagement = false

    /// The default: the models that come with the package.
    public init() {}
}
