import CDigitKernels
import Compute

/// Batch normalisation with the batch's own statistics, in training, and ReLU after it.
///
/// Shapes: `[N][rows][columns][C]`, unchanged; M = N · rows · columns values a channel. With x̂ the normalised input,
///     dx = gamma / √(variance + epsilon) · (dy - mean(dy) - x̂ · mean(dy · x̂))
final class BatchNormStep: BatchReducingStep, Sendable {
    private let layer: BatchNorm
    private let slots: BatchNormSlots
    private let hasRelu: Bool
    private let parameters: FloatBuffer
    private let gradients: FloatBuffer
    private let kernels: Kernels
    private let input: Value
    private let output: Value
    private let statistics: BatchStatistics

    // Per channel.
    private let mean: FloatBuffer
    private let variance: FloatBuffer
    /// `1 / √(variance + epsilon)`
    private let inverseDeviation: FloatBuffer
    /// Forward: `y = x · scale + shift`.
    private let scale: FloatBuffer
    private let shift: FloatBuffer
    /// Backward: `dx = dy · scale + x · inputScale + inputShift`.
    private let inputScale: FloatBuffer
    private let inputShift: FloatBuffer

    init(
        _ layer: BatchNorm, slots: [ParameterLayout.Slot], hasRelu: Bool, input: Value, output: Value,
        training: TrainingMemory, setting: PlanSetting
    ) {
        self.layer = layer
        self.hasRelu = hasRelu
        self.slots = BatchNormSlots(slots)
        parameters = training.parameters
        gradients = training.gradients
        self.input = input
        self.output = output
        kernels = setting.kernels
        statistics = BatchStatistics(input.extent, setting: setting)
        let channels = input.extent.channels
        mean = FloatBuffer(count: channels)
        variance = FloatBuffer(count: channels)
        inverseDeviation = FloatBuffer(count: channels)
        scale = FloatBuffer(count: channels)
        shift = FloatBuffer(count: channels)
        inputScale = FloatBuffer(count: channels)
        inputShift = FloatBuffer(count: channels)
    }

    /// What the ReLU's gradient passes; nil without ReLU. The same product and sum as in `forward`, to the bit.
    private var gate: (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)? {
        hasRelu ? (UnsafePointer(scale.pointer), UnsafePointer(shift.pointer)) : nil
    }

    func summarizeForward(_ images: Range<Int>) {
        statistics.summarize(images, values: input.data(images.lowerBound))
    }

    func summarizeBackward(_ images: Range<Int>) {
        statistics.summarize(
            images, gradients: output.gradient(images.lowerBound), values: input.data(images.lowerBound),
            mean: mean.pointer, gate: gate)
    }

    func mergeForward(images: Int) {
        for c in 0..<input.extent.channels {
            let moments = statistics.moments(channel: c, images: images)
            mean.pointer[c] = Float(moments.mean)
            variance.pointer[c] = Float(moments.variance)
            inverseDeviation.pointer[c] = 1 / (variance.pointer[c] + layer.epsilon).squareRoot()
            scale.pointer[c] = parameters.pointer[slots.gamma + c] * inverseDeviation.pointer[c]
            shift.pointer[c] = parameters.pointer[slots.beta + c] - mean.pointer[c] * scale.pointer[c]
        }
    }

    func mergeBackward(images: Int) {
        let rows = Float(images * input.extent.pixels)
        for c in 0..<input.extent.channels {
            let sums = statistics.gradientSums(channel: c, images: images)
            let gammaGradient = sums.product * inverseDeviation.pointer[c]
            gradients.pointer[slots.beta + c] = sums.sum
            gradients.pointer[slots.gamma + c] = gammaGradient
            // dx = scale · (dy - a - (x - mean) · b)
            let a = sums.sum / rows
            let b = gammaGradient * inverseDeviation.pointer[c] / rows
            inputScale.pointer[c] = -scale.pointer[c] * b
            inputShift.pointer[c] = scale.pointer[c] * (mean.pointer[c] * b - a)
        }
    }

    func updateStatistics(kept: Float?) {
        let kept = kept ?? layer.momentum
        let movingMean = parameters.pointer + slots.movingMean
        let movingVariance = parameters.pointer + slots.movingVariance
        for c in 0..<input.extent.channels {
            movingMean[c] = movingMean[c] * kept + mean.pointer[c] * (1 - kept)
            movingVariance[c] = movingVariance[c] * kept + variance.pointer[c] * (1 - kept)
        }
    }

    func forward(_ images: Range<Int>, worker: Int) {
        kernels.functions.pointee.channel_affine(
            images.count * input.extent.pixels, input.extent.channels, input.extent.channels,
            input.data(images.lowerBound), scale.pointer, shift.pointer, hasRelu ? 1 : 0,
            output.data(images.lowerBound))
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        kernels.functions.pointee.channel_affine_pair(
            images.count * input.extent.pixels, input.extent.channels, input.extent.channels,
            output.gradient(images.lowerBound), input.data(images.lowerBound), scale.pointer,
            inputScale.pointer, inputShift.pointer, hasRelu ? shift.pointer : nil,
            input.gradient(images.lowerBound))
    }

    // The sums of `mergeBackward` are the gradients already.
    var gradientPieces: Int { 1 }

    func gradient(piece: Int, images: Int, worker: Int, isFinal: (Range<Int>) -> Void) {
        let channels = input.extent.channels
        isFinal(slots.gamma..<slots.gamma + channels)
        isFinal(slots.beta..<slots.beta + channels)
    }
}
