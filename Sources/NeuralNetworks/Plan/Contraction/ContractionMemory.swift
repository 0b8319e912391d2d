import CDigitKernels
import Compute

/// What one contraction reads and writes in a plan: its input as windows, its output, and where the output's maxima came
/// from. The parts of a `ContractionStep` share it.
final class ContractionMemory: Sendable {
    let geometry: ContractionGeometry
    let kernels: Kernels
    let input: Value
    let output: Value
    /// Places of the maxima, like the output; nil without pooling.
    let route: Workspace<UInt8>?
    /// Offset within a block of the window of each position and place, `[P][routes]`.
    let positionOffsets: Workspace<Int32>
    /// The input in the windows' layout, where it has not that layout itself.
    private let windows: FloatBuffer?

    init(geometry: ContractionGeometry, input: Value, output: Value, setting: PlanSetting) {
        self.geometry = geometry
        self.input = input
        self.output = output
        kernels = setting.kernels
        route = geometry.isPooled ? Workspace(count: setting.capacity * output.extent.count, zero: 0) : nil
        positionOffsets = Workspace(geometry.positionOffsets, zero: 0)
        windows =
            geometry.readsInputDirectly ? nil : FloatBuffer(count: setting.capacity * geometry.imageSize)
    }

    /// The windows of an image.
    func windows(of image: Int) -> UnsafeMutablePointer<Float> {
        windows.map { $0.pointer + image * geometry.imageSize } ?? input.data(image)
    }

    /// Where an image's maxima came from; nil without pooling.
    func route(of image: Int) -> UnsafeMutablePointer<UInt8>? {
        route.map { $0.pointer + image * output.extent.count }
    }

    /// Brings the input into the windows' layout.
    func readInput(_ images: Range<Int>) {
        guard windows != nil else { return }
        var layout = geometry.blockLayout
        for image in images {
            kernels.functions.pointee.image_to_blocks(
                &layout, input.data(image), windows(of: image) + geometry.firstPixel)
        }
    }

    /// Writes the input's gradient of an image from the windows' layout.
    func writeInputGradient(_ windowGradient: UnsafePointer<Float>, image: Int) {
        var layout = geometry.blockLayout
        kernels.functions.pointee.blocks_to_image(
            &layout, windowGradient + geometry.firstPixel, input.gradient(image))
    }
}
