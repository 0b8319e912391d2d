import Compute

/// Batch normalisation with the moving statistics as one multiplication and addition for each channel, derived from the
/// network's parameters:
///
///     scale = gamma / √(moving_variance + epsilon)
///     shift = beta + (bias - moving_mean) · scale
///
/// The bias is that of a contraction right before, if it takes the batch normalisation in.
final class ChannelAffine: Sendable {
    /// `[C]`
    let scale: FloatBuffer
    /// `[C]`
    let shift: FloatBuffer

    private let slots: BatchNormSlots
    private let epsilon: Float
    private let bias: ParameterLayout.Slot?
    private let parameters: FloatBuffer

    init(
        _ layer: BatchNorm, slots: [ParameterLayout.Slot], bias: ParameterLayout.Slot?,
        parameters: FloatBuffer
    ) {
        self.slots = BatchNormSlots(slots)
        self.bias = bias
        self.parameters = parameters
        epsilon = layer.epsilon
        let channels = slots[0].shape.count
        scale = FloatBuffer(count: channels)
        shift = FloatBuffer(count: channels)
    }

    /// Brings some channels up to date with the parameters.
    func update(_ channels: Range<Int>) {
        let values = parameters.pointer
        for c in channels {
            let deviation = (values[slots.movingVariance + c] + epsilon).squareRoot()
            let bias = bias.map { values[$0.offset + c] } ?? 0
            scale.pointer[c] = values[slots.gamma + c] / deviation
            shift.pointer[c] =
                values[slots.beta + c] + (bias - values[slots.movingMean + c]) * scale.pointer[c]
        }
    }
}

/// Offsets of a batch normalisation's parameters in the flat buffer.
struct BatchNormSlots {
    let gamma: Int
    let beta: Int
    let movingMean: Int
    let movingVariance: Int

    init(_ slots: [ParameterLayout.Slot]) {
        gamma = slots[0].offset
        beta = slots[1].offset
        movingMean = slots[2].offset
        movingVariance = slots[3].offset
    }
}
