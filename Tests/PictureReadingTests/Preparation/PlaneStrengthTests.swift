import PictureReading
import Testing

@Suite struct PlaneStrengthTests {
    /// The threshold by its definition: the least variance within the two classes.
    private func leastVariance(_ histogram: [Int]) -> Double {
        (1..<histogram.count).map { variance(histogram, $0) }.min()!
    }

    private func variance(_ histogram: [Int], _ threshold: Int) -> Double {
        [0..<threshold, threshold..<histogram.count].reduce(0) { sum, levels in
            let count = Double(histogram[levels].reduce(0, +))
            guard count > 0 else { return sum }
            let mean = levels.reduce(0) { $0 + Double($1 * histogram[$1]) } / count
            return sum
                + levels.reduce(0) { $0 + Double(histogram[$1]) * (Double($1) - mean) * (Double($1) - mean) }
        }
    }

    @Test func otsusClassesVaryLeast() {
        for seed in 0..<20 {
            let plane = Plane.random(height: 4, width: 8, seed: UInt64(seed))
            let histogram = plane.values.map { Int($0 * 30) }
            let least = leastVariance(histogram)
            #expect(variance(histogram, Otsu.threshold(of: histogram)) <= least * (1 + 1e-9) + 1e-9)
        }
        #expect(Otsu.threshold(of: [5, 1, 0, 0, 0, 2, 7]) == 2)
        #expect(Otsu.threshold(of: [0, 0, 9, 0]) == 1)
    }

    @Test func theStrengthIsTheMiddleOfTheInk() {
        let plane = Plane(height: 1, width: 10, values: [0, 0, 0, 0.1, 0.1, 0.6, 0.7, 0.7, 0.7, 0.8])
        #expect(abs(plane.strokeStrength(above: 0.05) - 0.7) < 0.005)
        #expect(Plane(height: 1, width: 3, values: [0, 0.1, 0.2]).strokeStrength(above: 0.3) == 0)
        #expect(abs(Plane(height: 1, width: 3, filledWith: 1).strokeStrength(above: 0.3) - 1) < 0.005)
    }

    @Test func normalizedInkIsFull() {
        let plane = Plane(height: 1, width: 4, values: [0, 0.2, 0.5, 0.5])
        #expect(plane.normalized()?.values.last ?? 0 > 0.99)
        #expect(Plane(height: 3, width: 3).normalized() == nil)
    }
}
