import CDigitKernels
import Tensors

/// The weights' gradient of a convolution without a pool, or of a dense layer: a sum of outer products of windows and
/// outputs' gradients over all positions.
final class OuterWeightGradient: WeightGradient, @unchecked Sendable {
    private let memory: ContractionMemory
    private let geometry: ContractionGeometry
    /// One thread's gradient of a panel, `[K][16]`.
    private let panels: [FloatBuffer]
    /// For a dense layer, where each image's input begins.
    private let imageOffsets: Workspace<Int32>?

    init(_ memory: ContractionMemory, setting: PlanSetting) {
        self.memory = memory
        let geometry = memory.geometry
        self.geometry = geometry
        panels = (0..<setting.workers).map { _ in FloatBuffer(count: geometry.depth * Kernels.panelWidth) }
        // With one position, the images are walked as if they were positions.
        imageOffsets =
            geometry.positions == 1
            ? Workspace((0..<setting.capacity).map { Int32($0 * geometry.imageSize) }, zero: 0) : nil
    }

    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int) {
        let outputs = geometry.channels(ofPanel: panel)
        let sums = panels[worker].pointer
        if let imageOffsets {
            add(0, depth: images, offsets: imageOffsets.pointer, outputs, to: sums)
        } else {
            for image in 0..<images {
                add(
                    image, depth: geometry.positions, offsets: memory.positionOffsets.pointer, outputs,
                    to: sums)
            }
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
                memory.kernels.pointee.unpack_panel(
                    outputs.count, run, sums + row * Kernels.panelWidth, result + tap * channels + first,
                    geometry.taps * channels)
            }
        }
    }

    private func add(
        _ image: Int, depth: Int, offsets: UnsafePointer<Int32>, _ outputs: Range<Int>,
        to sums: UnsafeMutablePointer<Float>
    ) {
        let run = geometry.window.columns * geometry.blockWidth
        for block in 0..<geometry.blocks {
            for row in 0..<geometry.window.rows {
                let start = block * geometry.blockSize + row * geometry.paddedColumns * geometry.blockWidth
                var product = digits_outer_gemm(
                    rows: run, columns: outputs.count, depth: depth,
                    a: memory.windows(of: image) + start, a_offsets: offsets,
                    b: memory.output.gradient(image) + outputs.lowerBound,
                    b_stride: geometry.output.channels, begins: image == 0 ? 1 : 0,
                    result: sums + (block * geometry.window.rows + row) * run * Kernels.panelWidth)
                memory.kernels.pointee.outer_gemm(&product)
            }
        }
    }
}
