import Compute
import Imaging
import Testing

@Suite struct GaussianNoiseTests {
    private func noisy(
        _ pixels: [UInt8], _ standardDeviation: Double, seed: UInt64 = 1, number: Int = 0
    ) -> [UInt8] {
        var random = CounterBasedRandom(seed: seed, purpose: .corruption, number)
        let image = Image(height: 1, width: pixels.count, pixels: pixels)
        return GaussianNoise(standardDeviation: standardDeviation).applied(to: image, random: &random).pixels
    }

    @Test func meanAndDeviationAreThoseAskedFor() {
        let count = 40_000
        let noise = noisy(Array(repeating: 128, count: count), 0.1).map { Double($0) - 128 }
        let mean = noise.reduce(0, +) / Double(count)
        let deviation = (noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
        // The standard errors are 25.5 / √40,000 = 0.13 and 25.5 / √80,000 = 0.09; rounding to bytes adds 1/12 to the
        // variance, 0.002 to the deviation. Four of them.
        #expect(abs(mean) < 0.51)
        #expect(abs(deviation - 25.5) < 0.36)
        // A normal distribution has 68.27 % within one deviation, ± 0.23 %; of whole numbers -25…25.
        let within = Double(noise.count { abs($0) <= 25 }) / Double(count)
        #expect(abs(within - 0.6827) < 0.01)
        // One in 15,787 is beyond four: 2.5 of 40,000.
        #expect(noise.count { abs($0) > 4 * 25.5 + 0.5 } < 10)
    }

    @Test func neighboursAreIndependent() {
        let noise = noisy(Array(repeating: 128, count: 40_000), 0.1).map { Double($0) - 128 }
        for distance in [1, 2, 28] {
            let products = zip(noise, noise.dropFirst(distance)).map { $0 * $1 }
            let correlation = products.reduce(0, +) / Double(products.count) / (25.5 * 25.5)
            // The standard error is 1 / √40,000.
            #expect(abs(correlation) < 0.02, "distance \(distance)")
        }
    }

    @Test func noiseIsReproducibleAndEachImageHasItsOwn() {
        let pixels = [UInt8](repeating: 100, count: 785)
        #expect(noisy(pixels, 0.2) == noisy(pixels, 0.2))
        #expect(noisy(pixels, 0.2) != noisy(pixels, 0.2, seed: 2))
        #expect(noisy(pixels, 0.2) != noisy(pixels, 0.2, number: 1))
    }

    @Test func noNoiseChangesNothing() {
        let pixels = [UInt8](0...255)
        #expect(noisy(pixels, 0) == pixels)
    }

    @Test(arguments: [1e-9, 0.5, 100, 1e300]) func pixelsStayBytes(standardDeviation: Double) {
        let pixels: [UInt8] = [0, 255, 0, 255, 0, 255, 128]
        #expect(noisy(pixels, standardDeviation).count == 7)
    }

    @Test func blackBecomesInkInHalfOfThePixels() {
        let result = noisy(Array(repeating: 0, count: 10_000), 10)
        // What is below 0 is cut off; the standard error is 0.5 %.
        #expect(abs(result.count { $0 > 0 } - 5000) < 200)
        #expect(result.contains(255))
    }

    @Test func aNegativeDeviationIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = GaussianNoise(standardDeviation: -0.1) }
        await #expect(processExitsWith: .failure) { _ = GaussianNoise(standardDeviation: .infinity) }
    }
}
