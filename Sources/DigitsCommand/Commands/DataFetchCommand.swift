import ArgumentParser
import Datasets
import FoundationBasics
import PlainText
import TerminalGraphics

/// `digits data fetch`: downloads a data set unless it is there already.
struct DataFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Downloads a data set, unless it is there already.",
        usage: "digits data fetch [<options>]",
        discussion: """
            EXAMPLES:
              digits data fetch                          get MNIST into the cache
              digits data fetch --dataset fashion-mnist  get one of its sisters
              digits data fetch --data ~/data            get it into a folder of your own

            Each file is verified before it is kept. An interrupted download goes on where it stopped.
            The data set synthetic needs no fetching: it is drawn whenever it is used.
            """)

    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func run() async throws {
        let source = options.source()
        let title = source.description.title
        let output = TerminalStream.standardOutput
        let notes = TerminalStream.standardError
        guard let files = source as? IDXSource else {
            try output.print("\(title) are drawn whenever they are used; there is nothing to fetch.")
            notes.note("Next: digits show --grid 4x8\(options.arguments)")
            return
        }
        if options.directory != nil, let location = try? files.store.locate(files.dataset) {
            let damaged = try await options.explaining(source) {
                try Self.damaged(files.store.verify(files.dataset) ?? [])
            }
            guard !damaged.isEmpty else {
                options.warn(location.warnings)
                try output.print(
                    "\(title) was already in \(location.directory.path), every file verified.")
                notes.note("Next: digits show --grid 4x8\(options.arguments)")
                return
            }
            for file in damaged { notes.note("\(file.path) is damaged and is fetched again.") }
        }

        // A folder that the user named gets what the cache would: a sub-folder for the data set, which is looked into.
        let store = options.directory.map { DatasetStore(directory: nil, cacheDirectory: $0) } ?? files.store
        notes.note("Looking for \(title) in \(store.cacheDirectory(of: files.dataset).path) …")
        let report = try await store.fetch(files.dataset, progress: DownloadReport(stream: notes).handler)
        options.warn(report.warnings)
        let state = report.downloaded.isEmpty ? "was already" : "is now"
        try output.print(
            "\(title) \(state) in \(report.location.directory.path), every file verified.")
        notes.note("Next: digits show --grid 4x8\(options.arguments)")
    }

    /// The files that are damaged.
    /// - Throws: `DatasetError` where one of the right name is another data set's: that is not replaced.
    private static func damaged(_ findings: [FileVerification]) throws(DatasetError) -> [URL] {
        var files: [URL] = []
        for finding in findings {
            guard case .failed(let error) = finding.outcome else { continue }
            guard error.isDamage else { throw error }
            files.append(finding.url)
        }
        return files
    }
}

extension DatasetOptions {
    /// The data set is in no folder that was looked into.
    func notOnThisMachine(_ source: IDXSource) -> CommandFailure {
        .failure(
            "\(source.description.title) is not on this machine; it would be in "
                + "\(source.store.cacheDirectory(of: source.dataset).path). "
                + "'\(fetchCommand(for: source))' gets it.")
    }

    /// The options as they are typed, for suggestions; empty where they are the defaults.
    var arguments: String {
        var text = ""
        if let dataset, dataset != DatasetDescription.mnist.name { text += " \(description().options)" }
        if let data { text += " --data \(ShellText.quoted(data))" }
        return text
    }
}
