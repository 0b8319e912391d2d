import CDigitKernels
import Tensors

/// Batch normalisation with the batch's own statistics, in training.
///
/// Shapes: `[N][rows][columns][C]`, unchanged; M = N · rows · columns values a channel. With x̂ the normalised input,
///     dx = gamma / √(variance + epsilon) · (dy - mean(dy) - x̂ · mean(dy · x̂))
final class BatchNormStep: BatchReducingStep, @unchecked Sendable {
    private let layer: BatchNorm
    private let slots: BatchNormSlots
    private let parameters: FloatBuffer
    private let gradients: FloatBuffer
    private let kernels: UnsafePointer<digits_kernels>
    private let input: Value
    private let output: Value

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
        _ layer: BatchNorm, slots: [ParameterLayout.Slot], input: Value, output: Value,
        parameters: FloatBuffer,
        gradients: FloatBuffer, setting: PlanSetting
    ) {
        self.layer = layer
        self.slots = BatchNormSlots(slots)
        self.parameters = parameters
        self.gradients = gradients
        self.input = input
        self.output = output
        kernels = setting.kernels.table
        let channels = input.extent.channels
        mean = FloatBuffer(count: channels)
        variance = FloatBuffer(count: channels)
        inverseDeviation = FloatBuffer(count: channels)
        scale = FloatBuffer(count: channels)
        shift = FloatBuffer(count: channels)
        inputScale = FloatBuffer(count: channels)
        inputShift = FloatBuffer(count: channels)
    }

    /// A piece is a block of up to 16 channels.
    var reductionPieces: Int { (input.extent.channels + Kernels.panelWidth - 1) / Kernels.panelWidth }

    private func channels(ofPiece piece: Int) -> Range<Int> {
        let first = piece * Kernels.panelWidth
        return first..<min(first + Kernels.panelWidth, input.extent.channels)
    }

    func reduceForward(piece: Int, images: Int) {
        let range = channels(ofPiece: piece)
        let first = range.lowerBound
        let stride = input.extent.channels
        let rows = images * input.extent.pixels
        kernels.pointee.channel_sums(rows, stride, range.count, input.data(0) + first, mean.pointer + first)
        for c in range { mean.pointer[c] /= Float(rows) }
        let squares = inverseDeviation.pointer
        kernels.pointee.channel_products(
            rows, stride, range.count, nil, input.data(0) + first, mean.pointer + first, squares + first)
        for c in range {
            let variance = squares[c] / Float(rows)
            inverseDeviation.pointer[c] = 1 / (variance + layer.epsilon).squareRoot()
            scale.pointer[c] = parameters.pointer[slots.gamma + c] * inverseDeviation.pointer[c]
            shift.pointer[c] = parameters.pointer[slots.beta + c] - mean.pointer[c] * scale.pointer[c]
            self.variance.pointer[c] = variance
        }
    }

    func updateStatistics() {
        let kept = layer.momentum
        let movingMean = parameters.pointer + slots.movingMean
        let movingVariance = parameters.pointer + slots.movingVariance
        for c in 0..<input.extent.channels {
            movingMean[c] = movingMean[c] * kept + mean.pointer[c] * (1 - kept)
            movingVariance[c] = movingVariance[c] * kept + variance.pointer[c] * (1 - kept)
        }
    }

    func forward(_ images: Range<Int>, worker: Int) {
        kernels.pointee.channel_affine(
            images.count * input.extent.pixels, input.extent.channels, input.extent.channels,
            input.data(images.lowerBound), scale.pointer, shift.pointer, output.data(images.lowerBound))
    }

    func reduceBackward(piece: Int, images: Int) {
        let range = channels(ofPiece: piece)
        let first = range.lowerBound
        let stride = input.extent.channels
        let rows = images * input.extent.pixels
        let betaGradient = gradients.pointer + slots.beta
        let gammaGradient = gradients.pointer + slots.gamma
        kernels.pointee.channel_sums(
            rows, stride, range.count, output.gradient(0) + first, betaGradient + first)
        kernels.pointee.channel_products(
            rows, stride, range.count, output.gradient(0) + first, input.data(0) + first,
            mean.pointer + first,
            gammaGradient + first)
        for c in range {
            gammaGradient[c] *= inverseDeviation.pointer[c]
            // dx = scale · (dy - a - (x - mean) · b)
            let a = betaGradient[c] / Float(rows)
            let b = gammaGradient[c] * inverseDeviation.pointer[c] / Float(rows)
            inputScale.pointer[c] = -scale.pointer[c] * b
            inputShift.pointer[c] = scale.pointer[c] * (mean.pointer[c] * b - a)
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        kernels.pointee.channel_affine_pair(
            images.count * input.extent.pixels, input.extent.channels, input.extent.channels,
            output.gradient(images.lowerBound), scale.pointer, input.data(images.lowerBound),
            inputScale.pointer,
            inputShift.pointer, input.gradient(images.lowerBound))
    }

    // The sums of `reduceBackward` are the gradients already.
    var gradientPieces: Int { 1 }

    func parameterRanges(ofPiece piece: Int) -> [Range<Int>] {
        let channels = input.extent.channels
        return [slots.gamma..<slots.gamma + channels, slots.beta..<slots.beta + channels]
    }
}
