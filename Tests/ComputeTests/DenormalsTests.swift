import Compute
import Testing

/// What an arithmetic unit does with numbers below the smallest normal one.
@Suite struct DenormalsTests {
    private struct Refusal: Error {}

    /// Half of the smallest normal number.
    @inline(never) private func half() -> Float { opaque(.leastNormalMagnitude) / opaque(2) }

    @Test func denormalsAreZeroInsideAndKeptAfter() {
        #expect(half() != 0)
        #expect(withoutDenormals { half() } == 0)
        #expect(half() == Float.leastNormalMagnitude / 2)
    }

    @Test func denormalsAreKeptAfterAnError() {
        #expect(throws: Refusal.self) {
            try withoutDenormals { throw Refusal() }
        }
        #expect(half() != 0)
    }

    @Test func anInnerCallLeavesTheOuterOneAsItIs() {
        withoutDenormals {
            #expect(withoutDenormals { half() } == 0)
            #expect(half() == 0)
        }
        #expect(half() != 0)
    }
}
