import CDigitKernels
import Compute

/// The gradients of a convolution by the adjoint of Winograd's method: the outputs' gradients are
/// transformed; times the transformed weights they give the input's gradient, times the transformed input the weights'.
///
/// Each group of images leaves a sum of its own, which are added in a fixed order. Where the transformed tiles of a group are
/// smaller than such a sum, they are kept instead, and multiplied when those of the whole batch are there.
final class WinogradGradient: InputGradient, WeightGradient, Sendable {
    private let memory: ContractionMemory
    private let form: WinogradForm
    private let tiles: WinogradTiles
    private let groupSize: Int
    /// The transformed weights as panels of input channels; nil where the input has no gradient.
    private let backwardPanels: FloatBuffer?
    /// Whether the weights' gradient will be asked for.
    private let servesWeights: Bool

    /// Whether the transformed tiles of the whole batch are kept.
    private let keepsTiles: Bool
    /// Of each thread, or one of the whole batch, `[points][tiles][C]` and `[points][tiles][O]`.
    private let transformed: [FloatBuffer]
    private let outputGradient: [FloatBuffer]
    /// Of each thread, `[points][tiles][16]`.
    private let products: [FloatBuffer]
    private let inputStride: Int
    private let outputStride: Int
    private let productStride: Int
    /// Of each thread, the input gradient of a pass in the windows' layout, where the input has not that layout itself.
    private let windowGradient: [FloatBuffer]
    /// Of each group, the gradient of the transformed weights, `[groups][panels][points][C][16]`.
    private let sums: FloatBuffer
    private let panelSize: Int
    /// Of each thread, the gradient of a panel of transformed weights, `[points][C][16]`, and of the weights themselves,
    /// `[taps][C][16]`.
    private let transformedPanels: [FloatBuffer]
    private let panels: [FloatBuffer]

    init(
        _ memory: ContractionMemory, form: WinogradForm, backwardPanels: FloatBuffer?, servesWeights: Bool,
        setting: PlanSetting
    ) {
        self.memory = memory
        self.backwardPanels = backwardPanels
        self.servesWeights = servesWeights
        let geometry = memory.geometry
        self.form = form
        groupSize = setting.groupSize
        tiles = WinogradTiles(geometry, form: form, groupSize: groupSize)
        let rows = tiles.imagesPerPass * form.tiles
        let channels = geometry.input.channels
        let outputs = geometry.output.channels
        keepsTiles =
            servesWeights && groupSize * form.tiles * (channels + outputs) < channels * outputs
        let keptRows = keepsTiles ? setting.capacity * form.tiles : rows
        inputStride = keptRows * channels + 16
        outputStride = keptRows * outputs + 16
        productStride = rows * Kernels.panelWidth + 16
        func eachThread(_ count: Int) -> [FloatBuffer] {
            (0..<setting.workers).map { _ in FloatBuffer(count: count) }
        }
        let inputCount = form.points * inputStride
        let outputCount = form.points * outputStride
        transformed = keepsTiles ? [FloatBuffer(count: inputCount)] : eachThread(inputCount)
        outputGradient = keepsTiles ? [FloatBuffer(count: outputCount)] : eachThread(outputCount)
        products = eachThread(form.points * productStride)
        let needsWindows = backwardPanels != nil && !geometry.readsInputDirectly
        windowGradient = eachThread(needsWindows ? tiles.imagesPerPass * geometry.imageSize : 0)
        panels = eachThread(geometry.taps * channels * Kernels.panelWidth)
        panelSize = form.points * channels * Kernels.panelWidth
        transformedPanels = eachThread(panelSize)
        let groups = (setting.capacity + groupSize - 1) / groupSize
        sums = FloatBuffer(count: servesWeights && !keepsTiles ? groups * geometry.panels * panelSize : 0)
    }

    func backward(_ images: Range<Int>, worker: Int) {
        let group = sums.pointer + images.lowerBound / groupSize * memory.geometry.panels * panelSize
        tiles.forEachPass(images) {
            backwardPass($0, begins: $0.lowerBound == images.lowerBound, addingTo: group, worker: worker)
        }
    }

    private func backwardPass(
        _ images: Range<Int>, begins: Bool, addingTo sums: UnsafeMutablePointer<Float>, worker: Int
    ) {
        let geometry = memory.geometry
        let rows = images.count * form.tiles
        let outputGradient = place(
            of: images, in: outputGradient, channels: geometry.output.channels, worker: worker)
        var transform = digits_winograd_output_gradient(
            form: form.form, tiles: rows, columns: geometry.output.channels,
            gradient: memory.output.gradient(images.lowerBound),
            route: memory.route(of: images.lowerBound), position_offsets: tiles.positions.pointer,
            heights: tiles.heights.pointer, widths: tiles.widths.pointer,
            row_positions: geometry.output.columns, transformed: outputGradient, point_stride: outputStride)
        memory.kernels.functions.pointee.winograd_output_gradient(&transform)
        if keepsTiles {
            transformInput(images, rows: rows, worker: worker)
        } else if servesWeights {
            sumWeightGradients(
                images, rows: rows, outputGradient, begins: begins, addingTo: sums, worker: worker)
        }
        if let backwardPanels {
            computeInputGradient(images, rows: rows, outputGradient, backwardPanels, worker: worker)
        }
    }

    /// Where the transformed tiles of some images are.
    private func place(
        of images: Range<Int>, in buffers: [FloatBuffer], channels: Int, worker: Int
    ) -> UnsafeMutablePointer<Float> {
        keepsTiles
            ? buffers[0].pointer + images.lowerBound * form.tiles * channels : buffers[worker].pointer
    }

    @discardableResult
    private func transformInput(_ images: Range<Int>, rows: Int, worker: Int) -> UnsafePointer<Float> {
        let transformed = place(
            of: images, in: transformed, channels: memory.geometry.input.channels, worker: worker)
        memory.transformWindows(
            of: images.lowerBound, form: form, tiles: tiles, rows: rows, into: transformed,
            stride: inputStride)
        return UnsafePointer(transformed)
    }

    private func sumWeightGradients(
        _ images: Range<Int>, rows: Int, _ outputGradient: UnsafePointer<Float>, begins: Bool,
        addingTo sums: UnsafeMutablePointer<Float>, worker: Int
    ) {
        let geometry = memory.geometry
        let transformed = transformInput(images, rows: rows, worker: worker)
        for panel in 0..<geometry.panels {
            sumProducts(
                transformed, outputGradient, rows: rows, panel: panel, begins: begins,
                into: sums + panel * panelSize)
        }
    }

    /// Sums up, or adds to a sum, the products of transformed tiles with their outputs' gradients in one panel.
    private func sumProducts(
        _ transformed: UnsafePointer<Float>, _ outputGradient: UnsafePointer<Float>, rows: Int, panel: Int,
        begins: Bool, into result: UnsafeMutablePointer<Float>
    ) {
        let geometry = memory.geometry
        let outputs = geometry.channels(ofPanel: panel)
        var product = digits_batch_outer_gemm(
            count: form.points, rows: geometry.input.channels, columns: outputs.count, depth: rows,
            a: transformed, a_stride: inputStride, b: outputGradient + outputs.lowerBound,
            b_batch_stride: outputStride, b_stride: geometry.output.channels, begins: begins ? 1 : 0,
            result: result)
        memory.kernels.functions.pointee.batch_outer_gemm(&product)
    }

    private func computeInputGradient(
        _ images: Range<Int>, rows: Int, _ outputGradient: UnsafePointer<Float>,
        _ backwardPanels: FloatBuffer,
        worker: Int
    ) {
        let geometry = memory.geometry
        let width = Kernels.panelWidth
        let outputs = geometry.output.channels
        let products = products[worker].pointer
        let isDirect = geometry.readsInputDirectly
        let windowGradient =
            isDirect ? memory.input.gradient(images.lowerBound) : windowGradient[worker].pointer
        windowGradient.update(repeating: 0, count: images.count * geometry.imageSize)
        for first in stride(from: 0, to: geometry.input.channels, by: width) {
            let panel = backwardPanels.pointer + first * form.points * outputs
            var product = digits_batch_gemm(
                count: form.points, rows: rows, depth: outputs, a: outputGradient, a_stride: outputStride,
                panels: panel, result: products, result_stride: productStride)
            memory.kernels.functions.pointee.batch_gemm(&product)
            var back = digits_winograd_input_gradient(
                form: form.form, tiles: rows, channels: min(width, geometry.input.channels - first),
                products: products, point_stride: productStride,
                result: windowGradient + first, tile_offsets: tiles.offsets.pointer,
                pixel_stride: geometry.blockWidth, row_stride: geometry.paddedColumns * geometry.blockWidth)
            memory.kernels.functions.pointee.winograd_input_gradient(&back)
        }
        for (index, image) in images.enumerated() where !isDirect {
            memory.writeInputGradient(windowGradient + index * geometry.imageSize, image: image)
        }
    }

    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int) {
        let geometry = memory.geometry
        let kernels = memory.kernels
        let channels = geometry.input.channels
        let transformed = transformedPanels[worker].pointer
        if keepsTiles {
            sumProducts(
                self.transformed[0].pointer, outputGradient[0].pointer, rows: images * form.tiles,
                panel: panel, begins: true, into: transformed)
        } else {
            kernels.functions.pointee.channel_sums(
                (images + groupSize - 1) / groupSize, geometry.panels * panelSize, panelSize,
                sums.pointer + panel * panelSize, transformed)
        }
        var form = form.form
        let plain = panels[worker].pointer
        kernels.functions.pointee.winograd_weight_gradient(&form, channels, transformed, plain)
        let depth = geometry.taps * channels
        kernels.functions.pointee.unpack_panel(
            geometry.channels(ofPanel: panel).count, depth, plain, result, depth)
    }
}
