import CDigitKernels
import Compute

/// Batch normalisation with the moving statistics, and ReLU after it, where no contraction has taken them in.
/// Shapes: `[N][rows][columns][C]`, unchanged.
final class AffineStep: Step, Sendable {
    private let affine: ChannelAffine
    private let hasRelu: Bool
    private let input: Value
    private let output: Value
    /// The gradient's shift, `[C]`; empty where no gradient is asked for.
    private let zeros: FloatBuffer
    private let kernels: Kernels

    init(_ affine: ChannelAffine, hasRelu: Bool, input: Value, output: Value, setting: PlanSetting) {
        self.affine = affine
        self.hasRelu = hasRelu
        self.input = input
        self.output = output
        zeros = FloatBuffer(count: input.hasGradient ? input.extent.channels : 0)
        kernels = setting.kernels
    }

    func forward(_ images: Range<Int>, worker: Int) {
        let rows = images.count * input.extent.pixels
        let channels = input.extent.channels
        kernels.functions.pointee.channel_affine(
            rows, channels, channels, input.data(images.lowerBound), affine.scale.pointer,
            affine.shift.pointer, hasRelu ? 1 : 0, output.data(images.lowerBound))
    }

    func backward(_ images: Range<Int>, worker: Int) {
        precondition(!hasRelu, "Where gradients are asked for, a ReLU after this is a step of its own.")
        guard input.hasGradient else { return }
        let channels = input.extent.channels
        kernels.functions.pointee.channel_affine(
            images.count * input.extent.pixels, channels, channels, output.gradient(images.lowerBound),
            affine.scale.pointer, zeros.pointer, 0, input.gradient(images.lowerBound))
    }
}
