import CDigitKernels
import Compute

/// The input's gradient of a convolution, from lists: every live output adds its weights, scaled, to the window that it
/// was computed from. After a pool or a ReLU most outputs are dead.
final class ListedInputGradient: InputGradient, Sendable {
    private let memory: ContractionMemory
    private let geometry: ContractionGeometry
    private let weights: ContractionWeights
    private let starts: Workspace<Int32>
    private let scratch: [Scratch]

    /// One thread's items, and one image's gradient in the windows' layout, where the input has not that layout.
    private final class Scratch: Sendable {
        let values: FloatBuffer
        let offsets: Workspace<Int32>
        let counts: Workspace<Int32>
        let windowGradient: FloatBuffer?

        init(_ geometry: ContractionGeometry) {
            let groups = geometry.positions * geometry.routes
            values = FloatBuffer(count: groups * geometry.output.channels)
            offsets = Workspace(count: groups * geometry.output.channels, zero: 0)
            counts = Workspace(count: groups, zero: 0)
            windowGradient = geometry.readsInputDirectly ? nil : FloatBuffer(count: geometry.imageSize)
        }
    }

    init(_ memory: ContractionMemory, weights: ContractionWeights, setting: PlanSetting) {
        self.memory = memory
        self.weights = weights
        let geometry = memory.geometry
        self.geometry = geometry
        starts = Workspace(
            (0..<geometry.positions * geometry.routes).map { Int32($0 * geometry.output.channels) }, zero: 0)
        scratch = (0..<setting.workers).map { _ in Scratch(geometry) }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        for image in images { backward(image, scratch[worker]) }
    }

    private func backward(_ image: Int, _ scratch: Scratch) {
        let columns = geometry.output.channels
        let taps = geometry.taps
        var list = digits_list_channels(
            positions: geometry.positions, columns: columns, routes: geometry.routes,
            gradient: memory.output.gradient(image), route: memory.route(of: image),
            channel_stride: Int32(taps * geometry.blockWidth), values: scratch.values.pointer,
            offsets: scratch.offsets.pointer, counts: scratch.counts.pointer)
        memory.kernels.functions.pointee.list_channels(&list)

        let windowGradient = scratch.windowGradient?.pointer ?? memory.input.gradient(image)
        // Of one window, every place is written, and none twice.
        if !geometry.isOneWindow { windowGradient.update(repeating: 0, count: geometry.imageSize) }
        // With one block a kernel row's columns and channels are one run in both operands.
        let isMerged = geometry.blocks == 1
        let rowLength = geometry.window.columns * geometry.blockWidth
        for block in 0..<geometry.blocks {
            var sum = digits_accumulate_windows(
                groups: geometry.positions * geometry.routes, starts: starts.pointer,
                counts: scratch.counts.pointer, values: scratch.values.pointer,
                offsets: scratch.offsets.pointer,
                kernel_rows: geometry.window.rows, kernel_columns: isMerged ? 1 : geometry.window.columns,
                run: isMerged ? rowLength : geometry.blockWidth,
                source: weights.blocked + block * columns * taps * geometry.blockWidth,
                source_row: rowLength,
                source_column: geometry.blockWidth, begins: geometry.isOneWindow ? 1 : 0,
                result: windowGradient + block * geometry.blockSize,
                result_offsets: memory.positionOffsets.pointer,
                result_row: geometry.paddedColumns * geometry.blockWidth,
                result_column: geometry.blockWidth)
            memory.kernels.functions.pointee.accumulate_windows(&sum)
        }
        if scratch.windowGradient != nil { memory.writeInputGradient(windowGradient, image: image) }
    }
}
