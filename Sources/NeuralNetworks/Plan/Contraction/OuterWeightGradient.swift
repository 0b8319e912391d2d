import CDigitKernels
import Compute

/// The weights' gradient of a convolution without a pool: a sum of outer products of windows and outputs' gradients over all
/// positions.
final class OuterWeightGradient: WeightGradient, Sendable {
    private let memory: ContractionMemory
    private let geometry: ContractionGeometry
    /// Where each of a window's `K` inputs lies.
    private let windowOffsets: Workspace<Int32>
    /// One thread's gradient of a panel, `[K][16]`.
    private let panels: [FloatBuffer]

    init(_ memory: ContractionMemory, setting: PlanSetting) {
        self.memory = memory
        let geometry = memory.geometry
        self.geometry = geometry
        let run = geometry.window.columns * geometry.blockWidth
        windowOffsets = Workspace(
            geometry.runOffsets.flatMap { start in (0..<run).map { start + Int32($0) } }, zero: 0)
        panels = (0..<setting.workers).map { _ in FloatBuffer(count: geometry.depth * Kernels.panelWidth) }
    }

    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int) {
        let outputs = geometry.channels(ofPanel: panel)
        let sums = panels[worker].pointer
        for image in 0..<images {
            var product = digits_outer_gemm(
                rows: geometry.depth, columns: outputs.count, depth: geometry.positions,
                a: memory.windows(of: image), a_offsets: memory.positionOffsets.pointer,
                row_offsets: windowOffsets.pointer,
                b: memory.output.gradient(image) + outputs.lowerBound, b_stride: geometry.output.channels,
                begins: image == 0 ? 1 : 0, result: sums, result_stride: Kernels.panelWidth)
            memory.kernels.functions.pointee.outer_gemm(&product)
        }
        let channels = geometry.input.channels
        for block in 0..<geometry.blocks {
            let first = block * geometry.blockWidth
            let width = min(geometry.blockWidth, channels - first)
            // With one block the taps and channels are one run in both layouts.
            let (taps, run) =
                geometry.blocks == 1 ? (1, geometry.taps * channels) : (geometry.taps, width)
            for tap in 0..<taps {
                let row = (block * geometry.taps + tap) * geometry.blockWidth
                memory.kernels.functions.pointee.unpack_panel(
                    outputs.count, run, sums + row * Kernels.panelWidth, result + tap * channels + first,
                    geometry.taps * channels)
            }
        }
    }
}
