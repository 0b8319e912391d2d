import ArgumentParser
import Datasets
import FoundationBasics
import PlainText
import TerminalGraphics

/// What is meant where no data set is named, for the help.
protocol DatasetDefault {
    static var text: String { get }
}

/// For commands without a model.
enum MNISTDataset: DatasetDefault {
    static var text: String { DatasetDescription.mnist.name }
}

/// For commands with a model.
enum ModelsDataset: DatasetDefault {
    static var text: String { "the model's, else mnist" }
}

/// Which data set, and where it is. The same for every command that needs data.
struct DatasetOptions<Default: DatasetDefault>: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The data set: \(DatasetStore.knownNames.joined(separator: ", ")). (default: \(Default.text))",
            valueName: "dataset"),
        completion: .list(DatasetStore.knownNames))
    var dataset: String?

    @Option(
        help: ArgumentHelp(
            "The folder that holds the data set's files. Without it: $DIGITS_DATA, else the cache, else the network.",
            valueName: "dir"),
        completion: .directory)
    var data: String?

    @OptionGroup var synthesis: SynthesisOptions

    func validate() throws {
        if let dataset, !DatasetStore.knownNames.contains(dataset) {
            throw ValidationError(NearestName.unknown("data set", dataset, among: DatasetStore.knownNames))
        }
        if data == "" {
            throw ValidationError("--data is empty. Name the folder that holds the data set's files.")
        }
        if data != nil, dataset == SyntheticSource.name {
            throw ValidationError(Self.folderRefusal)
        }
        if let option = synthesis.typed.first, dataset != SyntheticSource.name {
            throw ValidationError(
                "\(option.name) says how synthetic digits are drawn. Add --dataset synthetic, or leave it out."
            )
        }
    }
}

extension DatasetOptions {
    /// Where the images come from.
    /// - Parameter trainedOn: The data set that is meant where none is named.
    func source(trainedOn: String? = nil) -> any DatasetSource {
        let name = dataset ?? trainedOn
        if name == SyntheticSource.name { return synthesis.source }
        // A model may have been trained on data that have no name here.
        return name.flatMap { try? store.source(named: $0) } ?? IDXSource(.mnist, in: store)
    }

    /// What is known about the data set.
    /// - Parameter trainedOn: The data set that is meant where none is named.
    func description(trainedOn: String? = nil) -> DatasetDescription {
        source(trainedOn: trainedOn).description
    }

    /// The folder that the user named: `--data`, else `DIGITS_DATA`; nil for the cache and the network.
    var directory: URL? {
        data.map { URL(fileURLWithPath: $0) } ?? DatasetStore.environmentDirectory
    }

    /// Finds the data set in the folder that the user named, or in the cache and on the network.
    var store: DatasetStore { DatasetStore(directory: directory) }

    /// Loads one split alone. Downloads and warnings are told on standard error.
    /// - Parameter count: How many of its first pictures are needed; nil for all. Fewer are loaded faster, their file
    ///   is then not verified.
    func load(
        _ split: DatasetSplit, of source: any DatasetSource, first count: Int? = nil
    ) async throws -> LabeledImages {
        try await loadSplit(split, of: source, first: count).images
    }

    /// Loads one split alone, with the hashes of its files; as `load` otherwise.
    func loadSplit(
        _ split: DatasetSplit, of source: any DatasetSource, first count: Int? = nil
    ) async throws -> LoadedSplit {
        try refuseFolder(for: source)
        let loaded = try await explaining(source) {
            try await source.load(
                split, first: count, progress: DownloadReport(stream: .standardError).handler)
        }
        warn(loaded.warnings)
        return loaded
    }

    /// Loads both splits. Downloads and warnings are told on standard error.
    /// - Parameter trainedOn: The data set that is meant where none is named.
    func load(trainedOn: String? = nil) async throws -> ImageDataset {
        let source = source(trainedOn: trainedOn)
        try refuseFolder(for: source)
        let loaded = try await explaining(source) {
            try await source.load(progress: DownloadReport(stream: .standardError).handler)
        }
        warn(loaded.warnings)
        return loaded
    }

    /// Nothing in a folder is read for a data set that is drawn; who named one expects something else. The data set may be
    /// the model's.
    private func refuseFolder(for source: any DatasetSource) throws(CommandFailure) {
        if data != nil, source is SyntheticSource {
            throw .misuse(Self.folderRefusal)
        }
    }

    private static var folderRefusal: String {
        "--data names a folder, but synthetic digits are drawn, not read. "
            + "Leave --data out, or name the data set that is in the folder with --dataset."
    }

    /// What gets a data set, as it is typed.
    func fetchCommand(for source: any DatasetSource) -> String {
        let name = source.description.name
        return "digits data fetch" + (name == DatasetDescription.mnist.name ? "" : " --dataset \(name)")
            + (data.map { " --data \(ShellText.quoted($0))" } ?? "")
    }

    /// Tells warnings on standard error.
    func warn(_ warnings: [DatasetWarning]) {
        for warning in warnings { TerminalStream.standardError.note("digits: warning: \(warning)") }
    }

    /// Runs `body`; where it fails on a damaged file, says what gets it again, and where it fails on a folder that the
    /// environment named, says so, because nothing on the command line does.
    func explaining<Result>(
        _ source: any DatasetSource, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as DatasetError {
            var text = "\(error)"
            if error.isDamage { text += " '\(fetchCommand(for: source))' does both." }
            if data == nil, directory != nil {
                text +=
                    "\nThe folder was named by the environment variable DIGITS_DATA; "
                    + "--data names another, and without either the cache and the network are used."
            }
            // What there is nothing to add to stays what it is: a download that failed may be made up for.
            guard text != "\(error)" else { throw error }
            throw CommandFailure.failure(text)
        }
    }
}
