import CDigitKernels
import Tensors

/// Convolution or dense layer, with ReLU, and with 2×2 max-pooling before or after the ReLU (the two orders are
/// equal), as one step. With pooling the convolution's own output never reaches memory.
///
/// Shapes (N images, C channels in, O out, P output positions, K products an output):
/// weight `[O][rows][columns][C]`, bias `[O]`, output `[N][P][O]`.
final class ContractionStep: Step, @unchecked Sendable {
    let geometry: ContractionGeometry
    let kernels: UnsafePointer<digits_kernels>
    let hasRelu: Bool
    let input: Value
    let output: Value
    let weights: ContractionWeights
    let gradients: FloatBuffer?

    /// The input in the windows' layout, where it has not that layout itself.
    private let windows: FloatBuffer?
    private let positionOffsets: Workspace<Int32>
    /// The first place of each position, for each image of a group: `[groupSize][P]`.
    private let rowOffsets: Workspace<Int32>
    private let runOffsets: Workspace<Int32>
    private let route: Workspace<UInt8>?
    private let winograd: WinogradConvolution?
    private let scratch: [ContractionScratch]
    private let groupSize: Int

    init(
        geometry: ContractionGeometry, hasRelu: Bool, input: Value, output: Value,
        weights: ContractionWeights, gradients: FloatBuffer?, setting: PlanSetting
    ) {
        self.geometry = geometry
        self.hasRelu = hasRelu
        self.input = input
        self.output = output
        self.weights = weights
        self.gradients = gradients
        kernels = setting.kernels.table
        groupSize = setting.groupSize
        windows =
            geometry.readsInputDirectly ? nil : FloatBuffer(count: setting.capacity * geometry.imageSize)

        let offsets = geometry.positionOffsets
        positionOffsets = Workspace(offsets, zero: 0)
        let firstPlaces = stride(from: 0, to: offsets.count, by: geometry.routes).map { offsets[$0] }
        rowOffsets = Workspace(
            (0..<setting.groupSize).flatMap { image in
                firstPlaces.map { $0 + Int32(image * geometry.imageSize) }
            }, zero: 0)
        runOffsets = Workspace(geometry.runOffsets, zero: 0)
        route = geometry.isPooled ? Workspace(count: setting.capacity * output.extent.count, zero: 0) : nil
        winograd = WinogradConvolution(geometry, setting: setting)
        scratch = (0..<setting.workers).map { _ in
            ContractionScratch(
                geometry: geometry, computesGradients: gradients != nil,
                computesInputGradient: input.hasGradient, setting: setting)
        }
    }

    /// A piece is a panel of up to 16 output channels.
    var gradientPieces: Int { geometry.panels }

    private func windowsOf(_ image: Int) -> UnsafeMutablePointer<Float> {
        windows.map { $0.pointer + image * geometry.imageSize } ?? input.data(image)
    }
}

// MARK: - Forward

extension ContractionStep {
    func forward(_ images: Range<Int>, worker: Int) {
        if windows != nil {
            var layout = geometry.blockLayout
            for image in images {
                kernels.pointee.image_to_blocks(
                    &layout, input.data(image), windowsOf(image) + geometry.firstPixel)
            }
        }
        if let winograd {
            let first = images.lowerBound
            winograd.forward(
                images: images.count, source: windowsOf(first), weights: weights, hasRelu: hasRelu,
                result: output.data(first), route: route!.pointer + first * output.extent.count,
                worker: worker)
        } else if geometry.isPooled {
            var arguments = digits_gather_gemm_pool(
                gemm: gemm(images),
                window_offsets: (
                    0, positionOffsets.pointer[1], positionOffsets.pointer[2], positionOffsets.pointer[3]
                ),
                route: route!.pointer + images.lowerBound * output.extent.count)
            kernels.pointee.gather_gemm_pool(&arguments)
        } else {
            var arguments = gemm(images)
            kernels.pointee.gather_gemm(&arguments)
        }
    }

    private func gemm(_ images: Range<Int>) -> digits_gather_gemm {
        digits_gather_gemm(
            rows: images.count * geometry.positions, columns: geometry.output.channels,
            source: windowsOf(images.lowerBound), row_offsets: rowOffsets.pointer,
            runs: geometry.blocks * geometry.window.rows,
            run_length: geometry.window.columns * geometry.blockWidth, run_offsets: runOffsets.pointer,
            panels: weights.panels.pointer, bias: weights.biasPointer, relu: hasRelu ? 1 : 0,
            result: output.data(images.lowerBound), result_stride: geometry.output.channels)
    }
}

// MARK: - Backward

extension ContractionStep {
    func backward(_ images: Range<Int>, worker: Int) {
        if hasRelu {
            kernels.pointee.relu_backward(
                images.count * output.extent.count, output.data(images.lowerBound),
                output.gradient(images.lowerBound), output.gradient(images.lowerBound))
        }
        guard input.hasGradient else { return }
        for image in images { backward(image, scratch[worker]) }
    }

    /// Every live output adds its weights, scaled, to the window that it was computed from.
    private func backward(_ image: Int, _ scratch: ContractionScratch) {
        let columns = geometry.output.channels
        let taps = geometry.taps
        var list = digits_list_channels(
            positions: geometry.positions, columns: columns, routes: geometry.routes,
            gradient: output.gradient(image),
            route: route.map { UnsafePointer($0.pointer + image * output.extent.count) },
            channel_stride: Int32(taps * geometry.blockWidth), values: scratch.values.pointer,
            offsets: scratch.offsets.pointer, counts: scratch.counts.pointer)
        kernels.pointee.list_channels(&list)

        let windowGradient = scratch.windowGradient?.pointer ?? input.gradient(image)
        windowGradient.update(repeating: 0, count: geometry.imageSize)
        // With one block a kernel row's columns and channels are one run in both operands.
        let isMerged = geometry.blocks == 1
        let rowLength = geometry.window.columns * geometry.blockWidth
        for block in 0..<geometry.blocks {
            var sum = digits_accumulate_windows(
                groups: geometry.positions * geometry.routes, starts: scratch.channelStarts.pointer,
                counts: scratch.counts.pointer, values: scratch.values.pointer,
                offsets: scratch.offsets.pointer,
                kernel_rows: geometry.window.rows, kernel_columns: isMerged ? 1 : geometry.window.columns,
                run: isMerged ? rowLength : geometry.blockWidth,
                source: weights.blocked + block * columns * taps * geometry.blockWidth, source_row: rowLength,
                source_column: geometry.blockWidth, result: windowGradient + block * geometry.blockSize,
                result_offsets: positionOffsets.pointer,
                result_row: geometry.paddedColumns * geometry.blockWidth, result_column: geometry.blockWidth)
            kernels.pointee.accumulate_windows(&sum)
        }
        if scratch.windowGradient != nil {
            var layout = geometry.blockLayout
            kernels.pointee.blocks_to_image(
                &layout, windowGradient + geometry.firstPixel, input.gradient(image))
        }
    }
}

// MARK: - Parameters

extension ContractionStep {
    /// For each output channel of the panel, every live position adds its input window, scaled, to the gradient.
    func gradient(piece: Int, images: Int, worker: Int) -> [Range<Int>] {
        let scratch = scratch[worker]
        let outputs = geometry.channels(ofPanel: piece)
        let stride = geometry.output.channels
        let channelsIn = geometry.input.channels
        let weightRange = weights.weightRange(ofPanel: piece)
        let result = gradients!.pointer + weightRange.lowerBound
        result.update(repeating: 0, count: weightRange.count)
        let isMerged = geometry.blocks == 1
        for first in Swift.stride(from: 0, to: images, by: scratch.chunk) {
            let count = min(scratch.chunk, images - first)
            var list = digits_list_positions(
                images: count, positions: geometry.positions, first: outputs.lowerBound,
                columns: outputs.count,
                stride: stride, routes: geometry.routes, gradient: output.gradient(first),
                route: route.map { UnsafePointer($0.pointer + first * output.extent.count) },
                position_offsets: positionOffsets.pointer, image_stride: Int32(geometry.imageSize),
                capacity: scratch.chunk * geometry.positions, values: scratch.values.pointer,
                offsets: scratch.offsets.pointer, counts: scratch.counts.pointer)
            kernels.pointee.list_positions(&list)
            for block in 0..<geometry.blocks {
                let firstChannel = block * geometry.blockWidth
                let width = min(geometry.blockWidth, channelsIn - firstChannel)
                var sum = digits_accumulate_windows(
                    groups: outputs.count, starts: scratch.positionStarts.pointer,
                    counts: scratch.counts.pointer, values: scratch.values.pointer,
                    offsets: scratch.offsets.pointer, kernel_rows: geometry.window.rows,
                    kernel_columns: isMerged ? 1 : geometry.window.columns,
                    run: isMerged ? geometry.window.columns * width : width,
                    source: windowsOf(first) + block * geometry.blockSize,
                    source_row: geometry.paddedColumns * geometry.blockWidth,
                    source_column: geometry.blockWidth,
                    result: result + firstChannel, result_offsets: scratch.channelRows.pointer,
                    result_row: geometry.window.columns * channelsIn, result_column: channelsIn)
                kernels.pointee.accumulate_windows(&sum)
            }
        }
        guard let biasRange = weights.biasRange(ofPanel: piece) else { return [weightRange] }
        kernels.pointee.channel_sums(
            images * geometry.positions, stride, outputs.count, output.gradient(0) + outputs.lowerBound,
            gradients!.pointer + biasRange.lowerBound)
        return [weightRange, biasRange]
    }

    func parametersChanged(piece: Int) { weights.update(panel: piece) }
}
