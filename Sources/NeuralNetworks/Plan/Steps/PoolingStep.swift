import CDigitKernels
import Compute

/// Maximum or average of windows of any size, stride and padding. Shapes: `[N][rows][columns][C]`, C unchanged.
final class PoolingStep: Step, Sendable {
    private let pooling: digits_pooling
    private let kernels: Kernels
    private let input: Value
    private let output: Value
    /// For the maximum, which element of the window it was.
    private let route: Workspace<UInt16>?

    init(window: Window, isMaximum: Bool, input: Value, output: Value, setting: PlanSetting) {
        self.input = input
        self.output = output
        kernels = setting.kernels
        pooling = digits_pooling(
            input_rows: input.extent.rows, input_columns: input.extent.columns,
            channels: input.extent.channels,
            output_rows: output.extent.rows, output_columns: output.extent.columns, window_rows: window.rows,
            window_columns: window.columns, stride_rows: window.strideRows,
            stride_columns: window.strideColumns,
            padding_top: window.paddingTop, padding_left: window.paddingLeft)
        route = isMaximum ? Workspace(count: setting.capacity * output.extent.count, zero: 0) : nil
    }

    func forward(_ images: Range<Int>, worker: Int) {
        for image in images {
            withUnsafePointer(to: pooling) { pooling in
                if let route {
                    kernels.functions.pointee.max_pool(
                        pooling, input.data(image), output.data(image),
                        route.pointer + image * output.extent.count)
                } else {
                    kernels.functions.pointee.average_pool(pooling, input.data(image), output.data(image))
                }
            }
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        for image in images {
            input.gradient(image).update(repeating: 0, count: input.extent.count)
            withUnsafePointer(to: pooling) { pooling in
                if let route {
                    kernels.functions.pointee.max_pool_backward(
                        pooling, route.pointer + image * output.extent.count, output.gradient(image),
                        input.gradient(image))
                } else {
                    kernels.functions.pointee.average_pool_backward(
                        pooling, output.gradient(image), input.gradient(image))
                }
            }
        }
    }
}
