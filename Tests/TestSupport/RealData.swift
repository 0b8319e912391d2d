package import Foundation
package import Testing

/// The real MNIST, where the environment names its folder.
package enum RealData {
    /// The folder's path; nil where `DIGITS_DATA` is not set or empty.
    package static let path = ProcessInfo.processInfo.environment["DIGITS_DATA"].flatMap {
        $0.isEmpty ? nil : $0
    }
    /// The folder.
    package static let folder = path.map { URL(filePath: $0) }
    /// Whether it is there.
    package static let isThere = path != nil
    /// Why a test of it is skipped.
    package static let skipped: Comment = "Skipped: DIGITS_DATA names no folder with the real MNIST."
}
