import CDigitKernels
import Compute

/// Sums over a batch for each channel, put together from sums over its groups of images.
///
/// A thread sums up its group while the group's values are in its caches. The groups are then merged in their order, in
/// Double, so that neither the number of threads nor the number of groups shows in the result.
///
/// Values are shifted by a number near their mean before they are squared, each group's by its own (Chan, Golub and
/// LeVeque, "Algorithms for computing the sample variance", 1983): a mean that is large against the deviation costs
/// no digits.
final class BatchStatistics: Sendable {
    /// The rows of a group from which its shift is taken. Their mean is near enough to the group's: squares lose digits
    /// only where it is many deviations away.
    private static let sampledRows = 16

    private let groupSize: Int
    private let pixels: Int
    private let channels: Int
    private let kernels: Kernels

    // [groups][channels]
    private let shifts: FloatBuffer
    /// Of the shifted values, or of the gradients.
    private let sums: FloatBuffer
    /// Of their squares, or of the gradients' products with the values' deviations.
    private let products: FloatBuffer

    init(_ extent: Extent, setting: PlanSetting) {
        groupSize = setting.groupSize
        pixels = extent.pixels
        channels = extent.channels
        kernels = setting.kernels
        let count = (setting.capacity + groupSize - 1) / groupSize * channels
        shifts = FloatBuffer(count: count)
        sums = FloatBuffer(count: count)
        products = FloatBuffer(count: count)
    }

    /// Sums up the values of one group of images, `[N][pixels][C]`.
    func summarize(_ images: Range<Int>, values: UnsafePointer<Float>) {
        let first = images.lowerBound / groupSize * channels
        let rows = images.count * pixels
        let shift = shifts.pointer + first
        let sampled = min(rows, Self.sampledRows)
        kernels.functions.pointee.channel_sums(sampled, rows / sampled * channels, channels, values, shift)
        for c in 0..<channels { shift[c] /= Float(sampled) }
        kernels.functions.pointee.channel_moments(
            rows, channels, channels, values, shift, sums.pointer + first, products.pointer + first)
    }

    /// Sums up the gradients of one group of images, and their products with the values' deviations from the mean.
    /// - Parameters:
    ///   - gradients: `[N][pixels][C]`, taken as 0 where a gate is given and `value · gateScale + gateShift` is not above 0.
    ///   - values: `[N][pixels][C]`
    ///   - mean: `[C]`
    func summarize(
        _ images: Range<Int>, gradients: UnsafePointer<Float>, values: UnsafePointer<Float>,
        mean: UnsafePointer<Float>, gate: (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)?
    ) {
        let first = images.lowerBound / groupSize * channels
        kernels.functions.pointee.channel_gradients(
            images.count * pixels, channels, channels, gradients, values, mean, gate?.scale, gate?.shift,
            sums.pointer + first, products.pointer + first)
    }

    /// A channel's mean and variance over the first `images` images, from their groups' values.
    func moments(channel: Int, images: Int) -> (mean: Double, variance: Double) {
        let rows = Double(images * pixels)
        var sum = 0.0
        forEachGroup(of: channel, images) { count, place in
            sum += Double(sums.pointer[place]) + count * Double(shifts.pointer[place])
        }
        let mean = sum / rows
        var squares = 0.0
        forEachGroup(of: channel, images) { count, place in
            // Σ (x - mean)² = Σ (x - shift)² + 2 (shift - mean) Σ (x - shift) + count · (shift - mean)²
            let distance = Double(shifts.pointer[place]) - mean
            squares +=
                Double(products.pointer[place])
                + distance * (2 * Double(sums.pointer[place]) + count * distance)
        }
        // Rounding may leave less than nothing of values that are all equal. A NaN stays.
        return (mean, squares < 0 ? 0 : squares / rows)
    }

    /// A channel's sums over the first `images` images, from their groups' gradients.
    func gradientSums(channel: Int, images: Int) -> (sum: Float, product: Float) {
        var sum = 0.0
        var product = 0.0
        forEachGroup(of: channel, images) { _, place in
            sum += Double(sums.pointer[place])
            product += Double(products.pointer[place])
        }
        return (Float(sum), Float(product))
    }

    /// Calls `body` with each group's number of values and the channel's place in it.
    @inline(__always)
    private func forEachGroup(of channel: Int, _ images: Int, _ body: (_ count: Double, _ place: Int) -> Void)
    {
        var place = channel
        for first in stride(from: 0, to: images, by: groupSize) {
            body(Double(min(groupSize, images - first) * pixels), place)
            place += channels
        }
    }
}
