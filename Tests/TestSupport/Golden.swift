package import Foundation
import Testing

/// Files with the values of other programs: see Utilities/ReferenceImplementations/README.md. Each test target has its own,
/// in its folder `Golden`.
package enum Golden {
    /// Where a file is.
    /// - Parameter bundle: The test target's own.
    package static func url(_ file: String, in bundle: Bundle) throws -> URL {
        try #require(
            bundle.url(forResource: file, withExtension: nil, subdirectory: "Golden"), "\(file)")
    }

    /// The values of a file of JSON, whose keys are in snake case.
    /// - Note: It ends the process where the file is missing or wrong: arguments of tests are made before any test runs.
    package static func values<Values: Decodable>(_ file: String, in bundle: Bundle) -> Values {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(Values.self, from: Data(contentsOf: url(file, in: bundle)))
        } catch {
            fatalError("The golden values of \(file) cannot be read: \(error)")
        }
    }
}
