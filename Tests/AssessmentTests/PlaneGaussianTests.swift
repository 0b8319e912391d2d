import Assessment
import PictureReading
import TestSupport
import Testing

/// The Gaussian filter. Against scipy it is compared through the corruptions that use it.
@Suite struct PlaneGaussianTests {
    @Test func aDotBecomesTheGaussian() {
        var dot = Plane(height: 11, width: 13)
        dot[5, 6] = 1
        let blurred = dot.blurred(deviation: 1)
        #expect(abs(blurred.values.reduce(0, +) - 1) < 1e-5)
        // e⁻½ times as much one pixel on, e⁻² two pixels on, nothing beyond four.
        #expect(abs(blurred[5, 7] / blurred[5, 6] - 0.606_531) < 1e-5)
        #expect(abs(blurred[3, 6] / blurred[5, 6] - 0.135_335) < 1e-5)
        #expect(abs(blurred[4, 5] / blurred[5, 6] - 0.367_879) < 1e-5)
        #expect(blurred[5, 1] == 0 && blurred[5, 2] > 0 && blurred[5, 11] == 0)
    }

    @Test func atTheEdgeTheOutermostNumberGoesOnOrNothing() {
        let flat = Plane(height: 5, width: 4, filledWith: 2)
        #expect(flat.blurred(deviation: 1.5).values.allSatisfy { abs($0 - 2) < 1e-5 })
        let dark = flat.blurred(deviation: 1.5, beyondEdge: .zero)
        #expect(dark[2, 1] > dark[0, 1] && dark[0, 1] > dark[0, 0] && dark[0, 0] < 1)
    }
}
