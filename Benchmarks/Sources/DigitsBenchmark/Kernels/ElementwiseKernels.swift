import CDigitKernels

extension KernelCase {
    /// Kernels that pass over a layer's outputs: pooling, activations, and per channel for batch normalisation.
    static var elementwiseCases: [KernelCase] {
        // The general network's second layer.
        let (size, channels) = (14, 64)
        let rows = size * size
        let count = rows * channels
        let shape = "\(size)×\(size)×\(channels)"
        let x = Memory(random: count)
        let y = Memory(random: count)
        let result = Memory<Float>(count: count, 0)
        let perChannel = Memory(random: channels)
        let sums = Memory<Float>(count: channels, 0)
        let products = Memory<Float>(count: channels, 0)
        let route = Memory<UInt16>(count: count, 0)
        var pooling = digits_pooling(
            input_rows: size, input_columns: size, channels: channels, output_rows: size / 2,
            output_columns: size / 2, window_rows: 2, window_columns: 2, stride_rows: 2, stride_columns: 2,
            padding_top: 0, padding_left: 0)

        /// A case that reads or writes so many floats.
        func pass(_ kernel: String, floats: Int, _ call: @escaping (Set) -> Void) -> KernelCase {
            KernelCase(kernel: kernel, shape: shape, work: .bytes(Double(4 * floats)), call: call)
        }
        return [
            pass("relu", floats: 2 * count) { $0.pointee.relu(count, x.pointer, result.pointer) },
            pass("relu_backward", floats: 3 * count) {
                $0.pointee.relu_backward(count, x.pointer, y.pointer, result.pointer)
            },
            pass("leaky_relu", floats: 2 * count) {
                $0.pointee.leaky_relu(count, 0.3, x.pointer, result.pointer)
            },
            pass("leaky_relu_backward", floats: 3 * count) {
                $0.pointee.leaky_relu_backward(count, 0.3, x.pointer, y.pointer, result.pointer)
            },
            pass("max_pool", floats: count + count / 4 + count / 8) {
                $0.pointee.max_pool(&pooling, x.pointer, result.pointer, route.pointer)
            },
            pass("max_pool_backward", floats: count + count / 4 + count / 8) {
                $0.pointee.max_pool_backward(&pooling, route.pointer, y.pointer, result.pointer)
            },
            pass("average_pool", floats: count + count / 4) {
                $0.pointee.average_pool(&pooling, x.pointer, result.pointer)
            },
            pass("average_pool_backward", floats: count + count / 4) {
                $0.pointee.average_pool_backward(&pooling, y.pointer, result.pointer)
            },
            pass("channel_sums", floats: count) {
                $0.pointee.channel_sums(rows, channels, channels, x.pointer, sums.pointer)
            },
            pass("channel_moments", floats: count) {
                $0.pointee.channel_moments(
                    rows, channels, channels, x.pointer, perChannel.pointer, sums.pointer, products.pointer)
            },
            pass("channel_gradients", floats: 2 * count) {
                $0.pointee.channel_gradients(
                    rows, channels, channels, y.pointer, x.pointer, perChannel.pointer, perChannel.pointer,
                    perChannel.pointer, sums.pointer, products.pointer)
            },
            pass("channel_affine", floats: 2 * count) {
                $0.pointee.channel_affine(
                    rows, channels, channels, x.pointer, perChannel.pointer, perChannel.pointer, 1,
                    result.pointer)
            },
            pass("channel_affine_pair", floats: 3 * count) {
                $0.pointee.channel_affine_pair(
                    rows, channels, channels, x.pointer, y.pointer, perChannel.pointer, perChannel.pointer,
                    perChannel.pointer, perChannel.pointer, result.pointer)
            },
        ]
    }
}
