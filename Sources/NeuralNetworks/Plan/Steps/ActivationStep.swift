import CDigitKernels
import Compute

/// An activation function that no other step has taken in. Shapes: `[N][rows][columns][C]`, unchanged.
final class ActivationStep: Step, Sendable {
    private let function: ActivationFunction
    private let kernels: Kernels
    private let input: Value
    private let output: Value

    init(_ function: ActivationFunction, input: Value, output: Value, setting: PlanSetting) {
        self.function = function
        self.input = input
        self.output = output
        kernels = setting.kernels
    }

    func forward(_ images: Range<Int>, worker: Int) {
        let count = images.count * input.extent.count
        let x = input.data(images.lowerBound)
        let y = output.data(images.lowerBound)
        switch function {
        case .relu: kernels.functions.pointee.relu(count, x, y)
        case .leakyRelu(let slope): kernels.functions.pointee.leaky_relu(count, slope, x, y)
        case .sigmoid: for i in 0..<count { y[i] = 1 / (1 + .exp(-x[i])) }
        case .tanh: for i in 0..<count { y[i] = .tanh(x[i]) }
        case .softmax:
            let channels = input.extent.channels
            for row in stride(from: 0, to: count, by: channels) {
                _ = softmax(x + row, into: y + row, count: channels)
            }
        }
    }

    func backward(_ images: Range<Int>, worker: Int) {
        guard input.hasGradient else { return }
        let count = images.count * input.extent.count
        let x = input.data(images.lowerBound)
        let y = output.data(images.lowerBound)
        let dy = output.gradient(images.lowerBound)
        let dx = input.gradient(images.lowerBound)
        switch function {
        case .relu: kernels.functions.pointee.relu_backward(count, y, dy, dx)
        case .leakyRelu(let slope): kernels.functions.pointee.leaky_relu_backward(count, slope, x, dy, dx)
        case .sigmoid: for i in 0..<count { dx[i] = dy[i] * y[i] * (1 - y[i]) }
        case .tanh: for i in 0..<count { dx[i] = dy[i] * (1 - y[i] * y[i]) }
        case .softmax:
            let channels = input.extent.channels
            for row in stride(from: 0, to: count, by: channels) {
                var dot: Float = 0
                for c in row..<row + channels { dot += dy[c] * y[c] }
                for c in row..<row + channels { dx[c] = y[c] * (dy[c] - dot) }
            }
        }
    }
}

/// `y[c] = exp(x[c]) / Σ exp(x)`, stable for any size of x.
/// - Returns: `log Σ exp(x)`.
package func softmax(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) -> Float {
    var largest = x[0]
    for c in 1..<max(count, 1) { largest = x[c] > largest || x[c].isNaN ? x[c] : largest }
    var sum: Float = 0
    for c in 0..<count {
        y[c] = .exp(x[c] - largest)
        sum += y[c]
    }
    for c in 0..<count { y[c] /= sum }
    return largest + .log(sum)
}
