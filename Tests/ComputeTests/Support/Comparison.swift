import Testing

/// Fails unless all are equal; NaN equals NaN, and −0 equals 0.
func expectEqual(
    _ actual: [Float], _ expected: [Float], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(actual, expected, within: { _ in 0 }, what(), sourceLocation: sourceLocation)
}

/// Fails unless all finite numbers differ by no more than the tolerance at their index and the others are equal.
func expectClose(
    _ actual: [Float], _ expected: [Float], within tolerance: (Int) -> Float,
    _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (index, (a, e)) in zip(actual, expected).enumerated() {
        let same = a == e || (a.isNaN && e.isNaN)
        let close = a.isFinite && e.isFinite && abs(a - e) <= tolerance(index)
        if same || close { continue }
        let message = "\(what()): [\(index)] is \(a), expected \(e) ± \(tolerance(index))"
        Issue.record(Comment(rawValue: message), sourceLocation: sourceLocation)
        return
    }
}

/// Fails unless all are the same bits.
func expectSameBits(
    _ actual: [Float], _ expected: [Float], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectIdentical(
        actual.map(\.bitPattern), expected.map(\.bitPattern), what(), sourceLocation: sourceLocation)
}

/// Fails unless all are equal, and names the first that is not.
func expectIdentical<Element: Equatable>(
    _ actual: [Element], _ expected: [Element], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (index, (a, e)) in zip(actual, expected).enumerated() where a != e {
        Issue.record(
            Comment(rawValue: "\(what()): [\(index)] is \(a), expected \(e)"), sourceLocation: sourceLocation)
        return
    }
}
