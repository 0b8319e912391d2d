package import Testing

/// Fails unless all are the same bits.
package func expectSameBits(
    _ actual: [Float], _ expected: [Float], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    expectIdentical(actual.bits, expected.bits, what(), sourceLocation: sourceLocation)
}

/// Fails unless all are equal, and names the first that is not.
package func expectIdentical<Element: Equatable>(
    _ actual: [Element], _ expected: [Element], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (index, (a, e)) in zip(actual, expected).enumerated() where a != e {
        recordDifference("\(what()): [\(index)] is \(a), expected \(e)", sourceLocation)
        return
    }
}

extension Sequence<Float> {
    /// Each number's bits, which tell −0 from 0 and every NaN from the others.
    package var bits: [UInt32] { map(\.bitPattern) }
}
