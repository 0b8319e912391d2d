import ArgumentParser
import DigitRecognition
import Foundation

/// Where MNIST is.
struct DataOption: ParsableArguments {
    @Option(help: "The folder that holds MNIST's files. Without it: $DIGITS_DATA, else the cache.")
    var data: String?

    /// The folder that the user named; nil for the cache.
    var directory: URL? {
        data.map { URL(fileURLWithPath: $0) } ?? DatasetStore.environmentDirectory
    }
}
