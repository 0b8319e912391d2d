import CDigitKernels
import Compute

/// The weights' gradient of a pooled convolution, from lists: for each output channel, every live position adds the
/// window that its maximum came from, scaled. Of a dense layer behind ReLU, every image adds its input where the output
/// lives.
final class ListedWeightGradient: WeightGradient, Sendable {
    private let memory: ContractionMemory
    private let geometry: ContractionGeometry
    private let starts: Workspace<Int32>
    /// Where each output channel's gradient begins within its panel.
    private let channelRows: Workspace<Int32>
    private let scratch: [Scratch]
    /// Images whose lists are walked together.
    private let chunk: Int

    /// Half of a common first-level data cache: what one chunk's block of the input may take.
    private static let chunkBytes = 16 * 1024

    /// One thread's items.
    private final class Scratch: Sendable {
        let values: FloatBuffer
        let offsets: Workspace<Int32>
        let counts = Workspace<Int32>(count: Kernels.panelWidth, zero: 0)

        init(capacity: Int) {
            values = FloatBuffer(count: Kernels.panelWidth * capacity)
            offsets = Workspace(count: Kernels.panelWidth * capacity, zero: 0)
        }
    }

    init(_ memory: ContractionMemory, setting: PlanSetting) {
        self.memory = memory
        let geometry = memory.geometry
        self.geometry = geometry
        let blockBytes = max(1, geometry.blockSize * MemoryLayout<Float>.size)
        // Of an input that is one window, each walk reads a small piece.
        chunk =
            geometry.isOneWindow
            ? setting.capacity : max(1, min(Self.chunkBytes / blockBytes, setting.capacity))
        let capacity = chunk * geometry.positions
        starts = Workspace((0..<Kernels.panelWidth).map { Int32($0 * capacity) }, zero: 0)
        channelRows = Workspace(
            (0..<Kernels.panelWidth).map { Int32($0 * geometry.taps * geometry.input.channels) }, zero: 0)
        scratch = (0..<setting.workers).map { _ in Scratch(capacity: capacity) }
    }

    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int) {
        let scratch = scratch[worker]
        let outputs = geometry.channels(ofPanel: panel)
        let channelsIn = geometry.input.channels
        // With one block a kernel row's columns and channels are one run in both operands.
        let isMerged = geometry.blocks == 1
        var first = 0
        while first < images {
            let count = min(chunk, images - first)
            var list = digits_list_positions(
                images: count, positions: geometry.positions, first: outputs.lowerBound,
                columns: outputs.count, stride: geometry.output.channels, routes: geometry.routes,
                gradient: memory.output.gradient(first), route: memory.route(of: first),
                position_offsets: memory.positionOffsets.pointer, image_stride: Int32(geometry.imageSize),
                capacity: chunk * geometry.positions, values: scratch.values.pointer,
                offsets: scratch.offsets.pointer, counts: scratch.counts.pointer)
            memory.kernels.functions.pointee.list_positions(&list)
            for block in 0..<geometry.blocks {
                let firstChannel = block * geometry.blockWidth
                let width = min(geometry.blockWidth, channelsIn - firstChannel)
                var sum = digits_accumulate_windows(
                    groups: outputs.count, starts: starts.pointer, counts: scratch.counts.pointer,
                    values: scratch.values.pointer, offsets: scratch.offsets.pointer,
                    kernel_rows: geometry.window.rows,
                    kernel_columns: isMerged ? 1 : geometry.window.columns,
                    run: isMerged ? geometry.window.columns * width : width,
                    source: memory.windows(of: first) + block * geometry.blockSize,
                    source_row: geometry.paddedColumns * geometry.blockWidth,
                    source_column: geometry.blockWidth, begins: first == 0 ? 1 : 0,
                    result: result + firstChannel, result_offsets: channelRows.pointer,
                    result_row: geometry.window.columns * channelsIn, result_column: channelsIn)
                memory.kernels.functions.pointee.accumulate_windows(&sum)
            }
            first += count
        }
    }
}
