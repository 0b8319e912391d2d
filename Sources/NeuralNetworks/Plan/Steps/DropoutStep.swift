import Compute

/// Dropout in training. Which elements drop depends on (seed, epoch, layer, sample) alone.
/// Shapes: `[N][rows][columns][C]`, unchanged.
final class DropoutStep: Step, Sendable {
    private let rate: Float
    private let layer: Int
    private let input: Value
    private let output: Value
    private let identity: BatchIdentity
    /// What each element is multiplied with: 0 or `1 / (1 - rate)`.
    private let factors: FloatBuffer

    init(rate: Float, layer: Int, input: Value, output: Value, identity: BatchIdentity, setting: PlanSetting)
    {
        self.rate = rate
        self.layer = layer
        self.input = input
        self.output = output
        self.identity = identity
        factors = FloatBuffer(count: setting.capacity * input.extent.count)
    }

    func forward(_ images: Range<Int>, worker: Int) {
        let count = input.extent.count
        let kept = 1 / (1 - rate)
        for image in images {
            var random = CounterBasedRandom(
                seed: identity.seed, purpose: .dropout, identity.epoch &* SizeLimit.layers &+ layer,
                identity.samples.pointer[image])
            let factors = factors.pointer + image * count
            let x = input.data(image)
            let y = output.data(image)
            random.fillUniform(UnsafeMutableBufferPointer(start: factors, count: count))
            for i in 0..<count {
                factors[i] = factors[i] < rate ? 0 : kept
                y[i] = x[i] * factors[i]
            }
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        let first = images.lowerBound * input.extent.count
        let dy = output.gradient(images.lowerBound)
        let dx = input.gradient(images.lowerBound)
        for i in 0..<images.count * input.extent.count { dx[i] = dy[i] * factors.pointer[first + i] }
    }
}
