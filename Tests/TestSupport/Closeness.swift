package import Testing

/// Expects as many elements as there should be, each within `tolerance`, and `relative` times the expected value, of the
/// expected one; a NaN never is.
package func expectClose(
    _ actual: [Double], _ expected: [Double], tolerance: Double, relative: Double = 0,
    _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let limits = expected.map { tolerance + relative * abs($0) }
    expectClose(actual, expected, limits: limits, what, sourceLocation)
}

/// Expects the same of numbers of float32.
package func expectClose(
    _ actual: [Float], _ expected: [Double], tolerance: Double, relative: Double = 0,
    _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(
        actual.map(Double.init), expected, tolerance: tolerance, relative: relative, what(),
        sourceLocation: sourceLocation)
}

/// Expects the same of one number.
package func expectClose(
    _ actual: Double, _ expected: Double, tolerance: Double, _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose([actual], [expected], tolerance: tolerance, what(), sourceLocation: sourceLocation)
}

/// Expects as many elements as there should be, each within the tolerance at its index of the expected one. Infinities
/// are close to themselves alone, and NaN to NaN.
package func expectClose(
    _ actual: [Float], _ expected: [Float], within tolerance: (Int) -> Float,
    _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let limits = expected.indices.map { Double(tolerance($0)) }
    expectClose(
        actual.map(Double.init), expected.map(Double.init), limits: limits, nanEqualsNaN: true, what,
        sourceLocation)
}

/// Fails unless all are equal; NaN equals NaN, and −0 equals 0.
package func expectEqual(
    _ actual: [Float], _ expected: [Float], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(actual, expected, within: { _ in 0 }, what(), sourceLocation: sourceLocation)
}

private func expectClose(
    _ actual: [Double], _ expected: [Double], limits: [Double], nanEqualsNaN: Bool = false,
    _ what: () -> String, _ sourceLocation: SourceLocation
) {
    #expect(
        actual.count == expected.count, "\(what()): number of elements", sourceLocation: sourceLocation)
    for index in 0..<min(actual.count, expected.count) {
        let (a, e) = (actual[index], expected[index])
        if a == e || abs(a - e) <= limits[index] || (nanEqualsNaN && a.isNaN && e.isNaN) { continue }
        recordDifference(
            "\(what()): [\(index)] is \(a), expected \(e) ± \(limits[index])", sourceLocation)
        return
    }
}

extension Collection where Element: BinaryFloatingPoint {
    /// The largest absolute value; 0 where there is none.
    package var largestMagnitude: Element { reduce(0) { Swift.max($0, abs($1)) } }
}
