import ArgumentParser
import Datasets
import FoundationBasics
import TerminalGraphics

/// `digits data`: getting and checking data sets.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Gets, checks, finds and corrupts data sets.",
        discussion: """
            EXAMPLES:
              digits data fetch                          get MNIST into the cache
              digits data fetch --dataset fashion-mnist  get one of its sisters
              digits data verify --data ~/mnist          check files got by other means
              digits data where                          print the folder
              digits data corrupt mnist-c                MNIST-C's corruptions, as PNG
              digits show --dataset synthetic            digits that the program draws
            """,
        subcommands: [
            DataFetchCommand.self, DataVerifyCommand.self, DataWhereCommand.self, DataCorruptCommand.self,
        ])
}

/// `digits data where`: prints the folder that holds a data set.
struct DataWhereCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "where",
        abstract: "Prints the folder that holds a data set; fails where there is none.",
        usage: "digits data where [<options>]",
        discussion: """
            EXAMPLES:
              digits data where
              ls "$(digits data where --dataset kmnist)"
            """)

    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func run() async throws {
        let source = options.source()
        guard let files = source as? IDXSource else {
            throw CommandFailure.failure(
                "The data set \(source.description.name) lies in no files: it is drawn anew whenever it is loaded. "
                    + "Just load it.")
        }
        let location = try await options.explaining(source) { try files.store.locate(files.dataset) }
        guard let location else { throw options.notOnThisMachine(files) }
        try TerminalStream.standardOutput.print(exactly: location.directory.path)
    }
}
