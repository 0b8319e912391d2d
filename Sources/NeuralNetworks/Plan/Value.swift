import Compute

/// What one step hands to the next: an extent of floats for each image of a batch, and in training their gradients.
final class Value: Sendable {
    let extent: Extent
    private let values: FloatBuffer
    private let gradients: FloatBuffer?

    init(_ extent: Extent, capacity: Int, hasGradient: Bool) {
        self.extent = extent
        values = FloatBuffer(count: capacity * extent.count)
        gradients = hasGradient ? FloatBuffer(count: capacity * extent.count) : nil
    }

    /// Elements of its own with the gradient of another value, which a step that works element by element turns from one
    /// into the other in place.
    init(sharingGradientOf value: Value, capacity: Int) {
        extent = value.extent
        values = FloatBuffer(count: capacity * extent.count)
        gradients = value.gradients
    }

    /// A view of the same memory with another extent of as many elements.
    init(_ value: Value, reshapedTo extent: Extent) {
        precondition(value.extent.count == extent.count, "A reshape keeps the number of elements.")
        self.extent = extent
        values = value.values
        gradients = value.gradients
    }

    var hasGradient: Bool { gradients != nil }

    /// The first float of an image.
    func data(_ image: Int) -> UnsafeMutablePointer<Float> { values.pointer + image * extent.count }

    /// The first float of an image's gradient.
    /// - Precondition: There is a gradient.
    func gradient(_ image: Int) -> UnsafeMutablePointer<Float> {
        guard let gradients else { preconditionFailure("A value without a gradient was asked for it.") }
        return gradients.pointer + image * extent.count
    }

    /// An image's elements.
    func elements(_ image: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: data(image), count: extent.count)
    }

    /// An image's gradient.
    /// - Precondition: There is a gradient.
    func gradientElements(_ image: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: gradient(image), count: extent.count)
    }
}
