import CDigitKernels
import Compute

/// What a contraction derives from the network's parameters: weights in the layouts that the kernels read, and the
/// bias. Outside of training they are derived once, and steps of several plans share and read them; a plan that trains has
/// its own, and brings them up to date.
///
/// A batch normalisation with fixed statistics that follows is part of them: each output channel's weights are multiplied
/// with its scale, and its shift is the bias.
///
/// Shapes (C channels in, O channels out, K products an output): weight `[O][rows][columns][C]`, bias `[O]`.
final class ContractionWeights: Sendable {
    /// `[panels][K][16]`, or for Winograd `[panels][points][C][16]`.
    let panels: FloatBuffer
    /// What the input's gradient multiplies the output's gradient with, where that is a product of matrices: panels of input
    /// channels, `[C / 16][O][16]`, for Winograd `[C / 16][points][O][16]`.
    let backwardPanels: FloatBuffer?
    /// Where the weights lie in the parameters.
    let weight: ParameterLayout.Slot
    /// Where the bias lies in the parameters.
    let bias: ParameterLayout.Slot?

    /// Whether a batch normalisation with the batch's own mean follows, which takes the bias away again, so that its gradient
    /// is 0. A pool in between changes nothing: it keeps a constant.
    private let biasCancels: Bool
    private let batchNorm: ChannelAffine?
    /// The weights times the batch normalisation's scale, `[O][rows][columns][C]`.
    private let scaledWeights: FloatBuffer?
    /// For Winograd, the weights as panels before their transformation, `[panels][taps][C][16]`.
    private let untransformed: FloatBuffer?
    private let geometry: ContractionGeometry
    private let parameters: FloatBuffer
    private let kernels: Kernels
    /// `[blocks][O][taps][blockWidth]`; nil where the weights have that layout themselves, or nobody reads it.
    private let blockedWeights: FloatBuffer?

    /// - Parameters:
    ///   - batchNorm: One that follows and is taken in; it has the bias in its shift.
    ///   - biasCancels: Whether a batch normalisation with the batch's own mean follows.
    ///   - servesBackward: Whether the data gradient will be asked for.
    init(
        geometry: ContractionGeometry, weight: ParameterLayout.Slot, bias: ParameterLayout.Slot?,
        batchNorm: ChannelAffine?, biasCancels: Bool, parameters: FloatBuffer, servesBackward: Bool,
        kernels: Kernels
    ) {
        self.geometry = geometry
        self.weight = weight
        self.bias = bias
        self.batchNorm = batchNorm
        self.biasCancels = biasCancels
        self.parameters = parameters
        self.kernels = kernels
        scaledWeights = batchNorm.map { _ in FloatBuffer(count: weight.shape.count) }
        let outputs = geometry.panels * Kernels.panelWidth
        let points = geometry.winograd?.points ?? 1
        if geometry.winograd != nil {
            panels = FloatBuffer(count: outputs * points * geometry.input.channels)
            untransformed = FloatBuffer(count: outputs * geometry.taps * geometry.input.channels)
        } else {
            panels = FloatBuffer(count: outputs * geometry.depth)
            untransformed = nil
        }
        let method = geometry.gradientMethod
        let inputs = (geometry.input.channels + Kernels.panelWidth - 1) / Kernels.panelWidth
        backwardPanels =
            servesBackward && method != .listed
            ? FloatBuffer(count: inputs * points * geometry.output.channels * Kernels.panelWidth) : nil
        let needsBlockedWeights =
            geometry.blocks > 1
            && (geometry.winograd == nil || servesBackward && method == .listed)
        blockedWeights =
            needsBlockedWeights ? FloatBuffer(count: geometry.depth * geometry.output.channels) : nil
    }

    /// The bias to add, `[O]`, or nil for none.
    var biasPointer: UnsafePointer<Float>? {
        if let batchNorm { return UnsafePointer(batchNorm.shift.pointer) }
        return bias.map { UnsafePointer(parameters.pointer + $0.offset) }
    }

    /// The weights as the data gradient reads them, `[blocks][O][taps][blockWidth]`.
    var blocked: UnsafePointer<Float> {
        UnsafePointer(blockedWeights?.pointer ?? parameters.pointer + weight.offset)
    }

    /// Where one panel of output channels has its weights in the parameters.
    func weightRange(ofPanel panel: Int) -> Range<Int> {
        let outputs = geometry.channels(ofPanel: panel)
        let size = geometry.taps * geometry.input.channels
        return weight.offset + outputs.lowerBound * size..<weight.offset + outputs.upperBound * size
    }

    /// Writes the bias's gradient of one panel of output channels, over the batch's first `images` images, to its place
    /// among the parameters' gradients.
    /// - Returns: That place; nil if there is no bias.
    func biasGradient(
        panel: Int, images: Int, of output: Value, into gradients: UnsafeMutablePointer<Float>
    ) -> Range<Int>? {
        guard let bias else { return nil }
        let outputs = geometry.channels(ofPanel: panel)
        let result = gradients + bias.offset + outputs.lowerBound
        if biasCancels {
            result.update(repeating: 0, count: outputs.count)
        } else {
            kernels.functions.pointee.channel_sums(
                images * geometry.positions, geometry.output.channels, outputs.count,
                output.gradient(0) + outputs.lowerBound, result)
        }
        return bias.offset + outputs.lowerBound..<bias.offset + outputs.upperBound
    }

    /// Brings one panel of output channels up to date with the parameters.
    func update(panel: Int) {
        let outputs = geometry.channels(ofPanel: panel)
        let channelsIn = geometry.input.channels
        let weights = weights(of: outputs)
        if let blockedWeights { block(weights, outputs, into: blockedWeights) }
        if let backwardPanels { turn(weights, outputs, into: backwardPanels.pointer) }
        if let form = geometry.winograd, let untransformed {
            let depth = geometry.taps * channelsIn
            let plain = untransformed.pointer + panel * depth * Kernels.panelWidth
            kernels.functions.pointee.pack_panels(outputs.count, depth, weights, plain)
            var transform = digits_winograd_weights(
                form: form.form, rows: channelsIn, columns: Kernels.panelWidth, weights: plain,
                tap_stride: channelsIn * Kernels.panelWidth, row_stride: Kernels.panelWidth,
                panel: panels.pointer + panel * form.points * channelsIn * Kernels.panelWidth,
                point_stride: channelsIn * Kernels.panelWidth)
            kernels.functions.pointee.winograd_weights(&transform)
            return
        }
        let blockDepth = geometry.taps * geometry.blockWidth
        for block in 0..<geometry.blocks {
            let source =
                blockedWeights.map {
                    UnsafePointer(
                        $0.pointer + (block * geometry.output.channels + outputs.lowerBound) * blockDepth)
                } ?? weights
            kernels.functions.pointee.pack_panels(
                outputs.count, blockDepth, source,
                panels.pointer + (panel * geometry.depth + block * blockDepth) * Kernels.panelWidth)
        }
    }

    /// The weights of some output channels, `[outputs][rows][columns][C]`, times the scale if there is one.
    private func weights(of outputs: Range<Int>) -> UnsafePointer<Float> {
        let size = geometry.taps * geometry.input.channels
        let first = outputs.lowerBound * size
        let weights = UnsafePointer(parameters.pointer + weight.offset + first)
        guard let batchNorm, let scaledWeights else { return weights }
        batchNorm.update(outputs)
        let scaled = scaledWeights.pointer + first
        for output in 0..<outputs.count {
            let scale = batchNorm.scale.pointer[outputs.lowerBound + output]
            for index in output * size..<(output + 1) * size { scaled[index] = weights[index] * scale }
        }
        return UnsafePointer(scaled)
    }

    /// Brings the weights of some output channels into panels of input channels.
    private func turn(
        _ weights: UnsafePointer<Float>, _ outputs: Range<Int>, into panels: UnsafeMutablePointer<Float>
    ) {
        let channelsIn = geometry.input.channels
        let width = Kernels.panelWidth
        let panelRows = geometry.output.channels
        guard let form = geometry.winograd else {
            var layout = digits_blocks(
                rows: outputs.count, columns: 1, channels: channelsIn, width: width, row_stride: width,
                block_stride: panelRows * width)
            kernels.functions.pointee.image_to_blocks(&layout, weights, panels + outputs.lowerBound * width)
            return
        }
        for first in stride(from: 0, to: channelsIn, by: width) {
            var transform = digits_winograd_weights(
                form: form.form, rows: outputs.count, columns: min(width, channelsIn - first),
                weights: weights + first, tap_stride: channelsIn, row_stride: geometry.taps * channelsIn,
                panel: panels + (first * form.points * panelRows + outputs.lowerBound * width),
                point_stride: panelRows * width)
            kernels.functions.pointee.winograd_weights(&transform)
        }
    }

    /// Cuts the weights of some output channels into blocks of input channels.
    private func block(
        _ weights: UnsafePointer<Float>, _ outputs: Range<Int>, into blockedWeights: FloatBuffer
    ) {
        let channelsIn = geometry.input.channels
        let taps = geometry.taps
        let blockDepth = taps * geometry.blockWidth
        for block in 0..<geometry.blocks {
            let first = block * geometry.blockWidth
            let width = min(geometry.blockWidth, channelsIn - first)
            for output in outputs {
                let destination =
                    blockedWeights.pointer + (block * geometry.output.channels + output) * blockDepth
                let source = weights + (output - outputs.lowerBound) * taps * channelsIn + first
                for tap in 0..<taps {
                    (destination + tap * geometry.blockWidth).update(
                        from: source + tap * channelsIn, count: width)
                }
            }
        }
    }
}
