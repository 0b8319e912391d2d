import ArgumentParser
import Foundation

/// Where this benchmark's scripts and results are.
struct FolderOption: ParsableArguments {
    @Option(help: "The folder Benchmarks.")
    var folder = "."

    var url: URL { URL(fileURLWithPath: folder).absoluteURL.standardizedFileURL }
}
