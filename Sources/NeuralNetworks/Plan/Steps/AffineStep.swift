import CDigitKernels
import Tensors

/// Batch normalisation with the moving statistics, and ReLU after it, where no contraction has taken them in.
/// Shapes: `[N][rows][columns][C]`, unchanged.
final class AffineStep: Step, @unchecked Sendable {
    private let affine: ChannelAffine
    private let hasRelu: Bool
    private let input: Value
    private let output: Value
    private let kernels: UnsafePointer<digits_kernels>

    init(_ affine: ChannelAffine, hasRelu: Bool, input: Value, output: Value, setting: PlanSetting) {
        self.affine = affine
        self.hasRelu = hasRelu
        self.input = input
        self.output = output
        kernels = setting.kernels.table
    }

    func forward(_ images: Range<Int>, worker: Int) {
        let rows = images.count * input.extent.pixels
        let channels = input.extent.channels
        kernels.pointee.channel_affine(
            rows, channels, channels, input.data(images.lowerBound), affine.scale.pointer,
            affine.shift.pointer, hasRelu ? 1 : 0, output.data(images.lowerBound))
    }

    func backward(_ images: Range<Int>, worker: Int) {
        preconditionFailure("Batch normalisation with fixed statistics is for inference.")
    }
}
