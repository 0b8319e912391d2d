import CDigitKernels
import Compute

/// Convolution or dense layer, with ReLU, and with 2×2 max-pooling before or after the ReLU (the two orders are
/// equal), as one step. With pooling the convolution's own output never reaches memory.
///
/// Shapes (N images, C channels in, O out, P output positions, K products an output):
/// weight `[O][rows][columns][C]`, bias `[O]`, output `[N][P][O]`.
final class ContractionStep: Step, Sendable {
    private let memory: ContractionMemory
    private let geometry: ContractionGeometry
    private let kernels: Kernels
    private let weights: ContractionWeights

    /// The first place of each position, for each image of a group: `[groupSize][P]`.
    private let rowOffsets: Workspace<Int32>
    private let runOffsets: Workspace<Int32>
    private let winograd: WinogradConvolution?
    /// nil where the input has no gradient, unless there is something else to do image by image.
    private let inputGradient: (any InputGradient)?
    /// How the weights' gradient is computed, and all parameters' gradients; nil where they have none.
    private let parameterGradient: (weights: any WeightGradient, all: FloatBuffer)?

    /// - Parameter gradients: All parameters' gradients; nil where they have none.
    init(
        geometry: ContractionGeometry, input: Value, output: Value, weights: ContractionWeights,
        gradients: FloatBuffer?, setting: PlanSetting
    ) {
        self.geometry = geometry
        self.weights = weights
        kernels = setting.kernels
        let memory = ContractionMemory(geometry: geometry, input: input, output: output, setting: setting)
        self.memory = memory
        let offsets = geometry.positionOffsets
        let firstPlaces = stride(from: 0, to: offsets.count, by: geometry.routes).map { offsets[$0] }
        rowOffsets = Workspace(
            (0..<setting.groupSize).flatMap { image in
                firstPlaces.map { $0 + Int32(image * geometry.imageSize) }
            }, zero: 0)
        runOffsets = Workspace(geometry.runOffsets, zero: 0)
        winograd = geometry.winograd.map { WinogradConvolution(memory, form: $0, setting: setting) }
        guard output.hasGradient else {
            inputGradient = nil
            parameterGradient = nil
            return
        }
        switch geometry.gradientMethod {
        case .winograd(let form):
            let gradient = WinogradGradient(
                memory, form: form, backwardPanels: weights.backwardPanels, servesWeights: gradients != nil,
                setting: setting)
            inputGradient = gradient
            parameterGradient = gradients.map { (gradient, $0) }
            return
        case .dense:
            inputGradient = weights.backwardPanels.map {
                DenseInputGradient(memory, panels: $0, setting: setting)
            }
        case .listed:
            inputGradient =
                input.hasGradient ? ListedInputGradient(memory, weights: weights, setting: setting) : nil
        }
        parameterGradient = gradients.map { gradients in
            if geometry.listsWeightGradient {
                (ListedWeightGradient(memory, setting: setting), gradients)
            } else if geometry.isOneWindow {
                (DenseWeightGradient(memory, setting: setting), gradients)
            } else {
                (OuterWeightGradient(memory, setting: setting), gradients)
            }
        }
    }

    func forward(_ images: Range<Int>, worker: Int) {
        memory.readInput(images)
        if let winograd {
            winograd.forward(images, weights: weights, worker: worker)
        } else if let route = memory.route(of: images.lowerBound) {
            let offsets = memory.positionOffsets.pointer
            var arguments = digits_gather_gemm_pool(
                gemm: gemm(images), window_offsets: (0, offsets[1], offsets[2], offsets[3]), route: route)
            kernels.functions.pointee.gather_gemm_pool(&arguments)
        } else {
            var arguments = gemm(images)
            kernels.functions.pointee.gather_gemm(&arguments)
        }
    }

    private func gemm(_ images: Range<Int>) -> digits_gather_gemm {
        digits_gather_gemm(
            rows: images.count * geometry.positions, columns: geometry.output.channels,
            source: memory.windows(of: images.lowerBound), row_offsets: rowOffsets.pointer,
            runs: geometry.blocks * geometry.window.rows,
            run_length: geometry.window.columns * geometry.blockWidth, run_offsets: runOffsets.pointer,
            panels: weights.panels.pointer, bias: weights.biasPointer, relu: geometry.hasRelu ? 1 : 0,
            result: memory.output.data(images.lowerBound), result_stride: geometry.output.channels)
    }

    func backward(_ images: Range<Int>, worker: Int) {
        if geometry.hasRelu {
            let output = memory.output
            kernels.functions.pointee.relu_backward(
                images.count * output.extent.count, output.data(images.lowerBound),
                output.gradient(images.lowerBound), output.gradient(images.lowerBound))
        }
        inputGradient?.backward(images, worker: worker)
    }

    /// A piece is a panel of up to 16 output channels.
    var gradientPieces: Int { parameterGradient == nil ? 0 : geometry.panels }

    func gradient(piece: Int, images: Int, worker: Int, isFinal: (Range<Int>) -> Void) {
        guard let (weightGradient, all) = parameterGradient else { return }
        let weightRange = weights.weightRange(ofPanel: piece)
        weightGradient.gradient(
            panel: piece, images: images, into: all.pointer + weightRange.lowerBound, worker: worker)
        isFinal(weightRange)
        if let biasRange = weights.biasGradient(
            panel: piece, images: images, of: memory.output, into: all.pointer)
        {
            isFinal(biasRange)
        }
    }

    func parametersChanged(piece: Int) { weights.update(panel: piece) }
}

/// The part of a contraction that computes the input's gradient, and whatever else is done image by image.
protocol InputGradient: Sendable {
    /// - Parameter images: A group of images, whose output's gradient is final.
    func backward(_ images: Range<Int>, worker: Int)
}

/// The part of a contraction that computes the weights' gradient.
protocol WeightGradient: Sendable {
    /// Writes the gradient of one panel of outputs over the batch's first `images` images, `[outputs][taps][C]`.
    func gradient(panel: Int, images: Int, into result: UnsafeMutablePointer<Float>, worker: Int)
}
