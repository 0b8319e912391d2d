import CDigitKernels
import Compute

/// The forward pass of a convolution by Winograd's method: the tiles of a group of images are transformed, multiplied
/// with the transformed weights point by point, and transformed back into outputs.
final class WinogradConvolution: Sendable {
    private let memory: ContractionMemory
    private let form: WinogradForm
    private let tiles: WinogradTiles

    /// Of each thread, the transformed tiles, `[points][tiles][C]`, and a panel's products, `[points][tiles][16]`.
    private let transformed: [FloatBuffer]
    private let products: [FloatBuffer]
    private let transformedStride: Int
    private let productStride: Int

    init(_ memory: ContractionMemory, form: WinogradForm, setting: PlanSetting) {
        self.memory = memory
        self.form = form
        let channels = memory.geometry.input.channels
        tiles = WinogradTiles(memory.geometry, form: form, groupSize: setting.groupSize)
        let rows = tiles.imagesPerPass * form.tiles
        // One cache line more, so that the points do not fall on the same cache sets.
        let transformedStride = rows * channels + 16
        let productStride = rows * Kernels.panelWidth + 16
        self.transformedStride = transformedStride
        self.productStride = productStride
        transformed = (0..<setting.workers).map { _ in FloatBuffer(count: form.points * transformedStride) }
        products = (0..<setting.workers).map { _ in FloatBuffer(count: form.points * productStride) }
    }

    /// - Parameter images: At most a group, whose windows are ready.
    func forward(_ images: Range<Int>, weights: ContractionWeights, worker: Int) {
        tiles.forEachPass(images) { forwardPass($0, weights: weights, worker: worker) }
    }

    private func forwardPass(_ images: Range<Int>, weights: ContractionWeights, worker: Int) {
        let geometry = memory.geometry
        let kernels = memory.kernels
        let first = images.lowerBound
        let rows = images.count * form.tiles
        let channels = geometry.input.channels
        let width = Kernels.panelWidth
        let transformed = transformed[worker].pointer
        let products = products[worker].pointer
        memory.transformWindows(
            of: first, form: form, tiles: tiles, rows: rows, into: transformed, stride: transformedStride)
        for panel in 0..<geometry.panels {
            let outputs = geometry.channels(ofPanel: panel)
            var product = digits_batch_gemm(
                count: form.points, rows: rows, depth: channels, a: transformed, a_stride: transformedStride,
                panels: weights.panels.pointer + panel * form.points * channels * width, result: products,
                result_stride: productStride)
            kernels.functions.pointee.batch_gemm(&product)
            let bias = weights.biasPointer.map { $0 + outputs.lowerBound }
            let result = memory.output.data(first) + outputs.lowerBound
            if let route = memory.route(of: first) {
                var back = digits_winograd_output_pool(
                    form: form.form, tiles: rows, columns: outputs.count, products: products,
                    point_stride: productStride, bias: bias, relu: geometry.hasRelu ? 1 : 0,
                    position_offsets: tiles.positions.pointer, row_positions: geometry.output.columns,
                    result: result, route: route + outputs.lowerBound,
                    result_stride: geometry.output.channels)
                kernels.functions.pointee.winograd_output_pool(&back)
            } else {
                var back = digits_winograd_output(
                    form: form.form, tiles: rows, columns: outputs.count, products: products,
                    point_stride: productStride, bias: bias, relu: geometry.hasRelu ? 1 : 0,
                    position_offsets: tiles.positions.pointer, heights: tiles.heights.pointer,
                    widths: tiles.widths.pointer, row_positions: geometry.output.columns, result: result,
                    result_stride: geometry.output.channels)
                kernels.functions.pointee.winograd_output(&back)
            }
        }
    }
}

extension ContractionMemory {
    /// Transforms the tiles of a group of images, `[points][rows][C]` with `stride` floats from point to point.
    func transformWindows(
        of image: Int, form: WinogradForm, tiles: WinogradTiles, rows: Int,
        into transformed: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let channels = geometry.input.channels
        for block in 0..<geometry.blocks {
            let first = block * geometry.blockWidth
            var transform = digits_winograd_input(
                form: form.form, tiles: rows, channels: min(geometry.blockWidth, channels - first),
                source: windows(of: image) + block * geometry.blockSize, tile_offsets: tiles.offsets.pointer,
                pixel_stride: geometry.blockWidth, row_stride: geometry.paddedColumns * geometry.blockWidth,
                transformed: transformed + first, point_stride: stride, tile_stride: channels)
            kernels.functions.pointee.winograd_input(&transform)
        }
    }
}
