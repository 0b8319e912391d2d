import CDigitKernels
import Compute

/// The first convolution of a network that reads pictures in grey, with 2×2 max-pooling and maybe ReLU, as one step.
///
/// Much of a picture may be blank. A blank patch of pixels gives every position the same output and no gradient to the
/// weights, so both are computed for the other patches alone. That is exact for any picture and any weights.
///
/// Shapes are those of `ContractionStep`, with one channel in.
final class PlaneConvolutionStep: Step, Sendable {
    private let geometry: ContractionGeometry
    private let kernels: Kernels
    private let input: Value
    private let output: Value
    private let weights: ContractionWeights
    /// All parameters' gradients; nil where they have none.
    private let gradients: FloatBuffer?

    /// The input with its padding, where it has one.
    private let windows: FloatBuffer?
    /// Of each image, the positions whose patch is not blank, and where the patches begin.
    private let positions: Workspace<Int32>
    private let offsets: Workspace<Int32>
    private let counts: Workspace<Int32>
    private let route: Workspace<UInt8>

    /// Whether a contraction of this geometry can be this step, which gives its input no gradient.
    static func fits(_ geometry: ContractionGeometry) -> Bool {
        geometry.isPooled && geometry.input.channels == 1 && geometry.window.strideRows == 1
            && geometry.window.strideColumns == 1 && geometry.window.columns <= 63
    }

    init(
        geometry: ContractionGeometry, input: Value, output: Value, weights: ContractionWeights,
        gradients: FloatBuffer?, setting: PlanSetting
    ) {
        self.geometry = geometry
        self.input = input
        self.output = output
        self.weights = weights
        self.gradients = gradients
        kernels = setting.kernels
        windows =
            geometry.readsInputDirectly ? nil : FloatBuffer(count: setting.capacity * geometry.imageSize)
        positions = Workspace(count: setting.capacity * geometry.positions, zero: 0)
        offsets = Workspace(count: setting.capacity * geometry.positions, zero: 0)
        counts = Workspace(count: setting.capacity, zero: 0)
        route = Workspace(count: setting.capacity * output.extent.count, zero: 0)
    }

    private func plane(_ image: Int) -> digits_plane {
        digits_plane(
            rows: geometry.output.rows, columns: geometry.output.columns,
            kernel_rows: geometry.window.rows, kernel_columns: geometry.window.columns,
            plane: windows.map { $0.pointer + image * geometry.imageSize } ?? input.data(image),
            row_stride: geometry.paddedColumns)
    }

    func forward(_ images: Range<Int>, worker: Int) {
        for image in images {
            if let windows {
                var layout = geometry.blockLayout
                kernels.functions.pointee.image_to_blocks(
                    &layout, input.data(image),
                    windows.pointer + image * geometry.imageSize + geometry.firstPixel)
            }
            var plane = plane(image)
            let first = image * geometry.positions
            kernels.functions.pointee.list_patches(
                &plane, positions.pointer + first, offsets.pointer + first, counts.pointer + image)
            var convolution = digits_plane_pool(
                plane: plane, positions: positions.pointer + first, offsets: offsets.pointer + first,
                count: Int(counts.pointer[image]), channels: geometry.output.channels,
                panels: weights.panels.pointer, bias: weights.biasPointer, relu: geometry.hasRelu ? 1 : 0,
                result: output.data(image), route: route.pointer + image * output.extent.count)
            kernels.functions.pointee.plane_pool(&convolution)
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        precondition(!input.hasGradient, "A convolution of planes gives its input no gradient.")
        guard geometry.hasRelu else { return }
        kernels.functions.pointee.relu_backward(
            images.count * output.extent.count, output.data(images.lowerBound),
            output.gradient(images.lowerBound), output.gradient(images.lowerBound))
    }

    /// A piece is a panel of up to 16 output channels.
    var gradientPieces: Int { gradients == nil ? 0 : geometry.panels }

    func gradient(piece: Int, images: Int, worker: Int, isFinal: (Range<Int>) -> Void) {
        guard let gradients = gradients?.pointer else { return }
        let channels = geometry.channels(ofPanel: piece)
        let weightRange = weights.weightRange(ofPanel: piece)
        var sum = digits_plane_weight_gradient(
            plane: plane(0), images: images, image_stride: geometry.imageSize, positions: positions.pointer,
            offsets: offsets.pointer, counts: counts.pointer, first: channels.lowerBound,
            channels: channels.count, stride: geometry.output.channels, gradient: output.gradient(0),
            route: route.pointer, result: gradients + weightRange.lowerBound)
        kernels.functions.pointee.plane_weight_gradient(&sum)
        isFinal(weightRange)
        if let biasRange = weights.biasGradient(panel: piece, images: images, of: output, into: gradients) {
            isFinal(biasRange)
        }
    }

    func parametersChanged(piece: Int) {
        weights.update(panel: piece)
    }
}
