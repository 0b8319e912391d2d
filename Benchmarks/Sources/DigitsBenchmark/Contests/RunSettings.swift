import DigitRecognition
import Foundation

/// Where things are, and how much is measured.
struct RunSettings: Sendable {
    /// The folder `Benchmarks`.
    let folder: URL
    /// The folder with MNIST that the user named; nil for the cache.
    let data: URL?
    /// Python environments, one folder each.
    let environments: URL
    /// Whether other people's programs take part.
    var withPeers = true
    /// How long a turn of a worker lasts.
    var seconds = 1.0
    /// Turns of each worker.
    var turns = 5
    /// Turns of whole processes.
    var processTurns = 31

    /// The scripts of the peers.
    var peers: URL { folder.appendingPathComponent("Peers") }
    /// Raw results, one file for each contest.
    var results: URL { folder.appendingPathComponent("results") }
    /// The package that is measured.
    var root: URL { folder.deletingLastPathComponent() }
    /// The program `digits`, as built in the package above.
    var digits: URL { root.appendingPathComponent(".build/release/digits") }

    /// The folder that holds MNIST's files.
    var dataFolder: URL {
        get throws {
            guard let location = try DatasetStore(directory: data).locate(.mnist) else {
                throw BenchmarkFailure(
                    "MNIST is not there. Name its folder with --data or DIGITS_DATA, or run 'digits data fetch' once."
                )
            }
            return location.directory
        }
    }
}
