import Synchronization
import TestSupport
import Testing

/// What compares is able to fail.
struct ComparisonTests {
    @Test func closeNumbersPass() {
        expectClose([1, -2] as [Double], [1.5, -2.5], tolerance: 0.5, "absolute")
        expectClose([100] as [Float], [101], tolerance: 0, relative: 0.01, "relative")
        expectClose(
            [1, .infinity, .nan] as [Float], [1 + Float.ulpOfOne, .infinity, .nan],
            within: { _ in .ulpOfOne }, "at each index")
        expectEqual([0, .nan], [-0.0, .nan], "equal")
        expectSameBits([-0.0, .nan], [-0.0, .nan], "bits")
    }

    @Test func aNumberTooFarIsAnIssue() {
        withKnownIssue { expectClose([1, 2] as [Double], [1, 2.6], tolerance: 0.5, "absolute") }
        withKnownIssue { expectClose([100] as [Float], [102], tolerance: 0, relative: 0.01, "relative") }
        withKnownIssue { expectClose(1, 2, tolerance: 0.5, "one number") }
        withKnownIssue {
            expectClose([1, 2] as [Float], [1.5, 2.5], within: { $0 == 0 ? 0.5 : 0.25 }, "at each index")
        }
        withKnownIssue { expectEqual([1], [1 + .ulpOfOne], "equal") }
    }

    @Test func whatIsNoNumberIsAnIssue() {
        withKnownIssue { expectClose([.nan] as [Double], [.nan], tolerance: 1, "NaN is close to nothing") }
        withKnownIssue { expectClose([.infinity] as [Double], [1], tolerance: 1, "infinity") }
        withKnownIssue { expectClose([.nan] as [Float], [1], within: { _ in 1 }, "NaN for a number") }
        withKnownIssue { expectClose([1] as [Float], [.nan], within: { _ in 1 }, "a number for NaN") }
    }

    @Test func anotherNumberOfElementsIsAnIssue() {
        withKnownIssue { expectClose([1] as [Double], [1, 1], tolerance: 1, "too few") }
        withKnownIssue { expectClose([1, 1] as [Float], [1], within: { _ in 1 }, "too many") }
        withKnownIssue { expectIdentical([1, 2], [1], "too many") }
    }

    @Test func otherBitsAreAnIssue() {
        withKnownIssue { expectSameBits([0], [-0.0], "a sign") }
        withKnownIssue { expectSameBits([1], [1 + .ulpOfOne], "the last bit") }
        withKnownIssue { expectIdentical(["a", "b"], ["a", "c"], "an element") }
    }

    @Test func theFirstDifferenceAloneIsRecordedWhereAsked() {
        let count = Atomic(0)
        withKnownIssue {
            withFirstDifferenceAlone {
                expectEqual([1], [2], "first")
                expectIdentical([1], [2], "second")
            }
        } matching: { _ in
            count.add(1, ordering: .relaxed)
            return true
        }
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test func largestMagnitudeIsThatOfTheAbsoluteValues() {
        #expect([1, -3, 2].largestMagnitude == 3)
        #expect([Float]().largestMagnitude == 0)
    }
}
