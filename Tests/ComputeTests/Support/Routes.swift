import TestSupport
import Testing

/// Fails unless every place is the expected one, or as good: where the values at the two places differ by no more than
/// rounding allows, either may be the largest.
/// - Parameters:
///   - values: The values at one of the window's four places.
///   - bounds: What each value may be off by.
func expectAsGoodRoutes(
    _ actual: [UInt8], _ expected: [UInt8], values: [[Float]], bounds: [Float],
    _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let routes = zip(actual, expected).enumerated().map { index, routes in
        let (route, best) = routes
        guard route < 4, best < 4 else { return route }
        let distance = values[Int(best)][index] - values[Int(route)][index]
        return distance <= 2 * bounds[index] ? best : route
    }
    expectIdentical(routes, expected, what(), sourceLocation: sourceLocation)
}
