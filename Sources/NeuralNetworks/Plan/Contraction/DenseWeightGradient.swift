import CDigitKernels
import Compute

/// The weights' gradient of a dense layer, or of a convolution whose window is its whole input: the outputs' gradient of all
/// images, transposed, times their input. It comes out as the weights lie, `[O][K]`.
final class DenseWeightGradient: WeightGradient, Sendable {
    private let memory: ContractionMemory
    /// Where each image's outputs begin.
    private let imageOffsets: Workspace<Int32>

    init(_ memory: ContractionMemory, setting: PlanSetting) {
        self.memory = memory
        let outputs = memory.geometry.output.channels
        imageOffsets = Workspace((0..<setting.capacity).map { Int32($0 * outputs) }, zero: 0)
    }

    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int) {
        let outputs = memory.geometry.channels(ofPanel: panel)
        let inputs = memory.input.extent.count
        for first in stride(from: 0, to: inputs, by: Kernels.panelWidth) {
            var product = digits_outer_gemm(
                rows: outputs.count, columns: min(Kernels.panelWidth, inputs - first), depth: images,
                a: memory.output.gradient(0) + outputs.lowerBound, a_offsets: imageOffsets.pointer,
                row_offsets: nil, b: memory.input.data(0) + first, b_stride: inputs, begins: 1,
                result: result + first, result_stride: inputs)
            memory.kernels.functions.pointee.outer_gemm(&product)
        }
    }
}
