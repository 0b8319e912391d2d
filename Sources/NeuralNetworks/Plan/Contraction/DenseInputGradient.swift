import CDigitKernels
import Compute

/// The input's gradient of a dense layer: the output's gradient times the transposed weights.
final class DenseInputGradient: InputGradient, Sendable {
    private let memory: ContractionMemory
    /// The weights as panels of input channels.
    private let panels: FloatBuffer
    /// Where each image of a group begins.
    private let imageOffsets: Workspace<Int32>
    private let zero = Workspace<Int32>(count: 1, zero: 0)

    init(_ memory: ContractionMemory, panels: FloatBuffer, setting: PlanSetting) {
        self.memory = memory
        self.panels = panels
        let outputs = memory.geometry.output.channels
        imageOffsets = Workspace((0..<setting.groupSize).map { Int32($0 * outputs) }, zero: 0)
    }

    func backward(_ images: Range<Int>, worker: Int) {
        let geometry = memory.geometry
        var product = digits_gather_gemm(
            rows: images.count, columns: geometry.input.channels,
            source: memory.output.gradient(images.lowerBound), row_offsets: imageOffsets.pointer, runs: 1,
            run_length: geometry.output.channels, run_offsets: zero.pointer,
            panels: panels.pointer, bias: nil, relu: 0,
            result: memory.input.gradient(images.lowerBound), result_stride: geometry.input.channels)
        memory.kernels.functions.pointee.gather_gemm(&product)
    }
}
