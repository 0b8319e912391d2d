import CDigitKernels

/// A convolution with step 1 of one of the networks, in the layout that the engine gives it: padded already, only
/// what reaches the output, channels in blocks of 16. A dense layer is a convolution of one pixel.
struct ConvolutionShape: Sendable {
    let name: String
    /// Rows and columns of the output, after pooling if there is any; they are equal.
    let size: Int
    let kernel: Int
    let inputs: Int
    let outputs: Int
    /// Whether the largest of each 2×2 outputs is kept.
    let isPooled: Bool

    static let all = [
        ConvolutionShape(
            name: "notebook conv2, pooled", size: 4, kernel: 3, inputs: 64, outputs: 64, isPooled: true),
        ConvolutionShape(
            name: "notebook conv3, pooled", size: 1, kernel: 3, inputs: 64, outputs: 64, isPooled: true),
        ConvolutionShape(
            name: "notebook dense1", size: 1, kernel: 1, inputs: 64, outputs: 64, isPooled: false),
        ConvolutionShape(
            name: "LeNet-5 conv2, pooled", size: 4, kernel: 5, inputs: 6, outputs: 16, isPooled: true),
        ConvolutionShape(
            name: "LeNet-5 dense1", size: 1, kernel: 1, inputs: 256, outputs: 120, isPooled: false),
        ConvolutionShape(
            name: "wide 3×3, pooled", size: 6, kernel: 3, inputs: 128, outputs: 128, isPooled: true),
        ConvolutionShape(
            name: "wide 3×3", size: 12, kernel: 3, inputs: 128, outputs: 128, isPooled: false),
        ConvolutionShape(
            name: "general 5×5", size: 14, kernel: 5, inputs: 32, outputs: 64, isPooled: false),
    ]

    /// Images that the engine takes through a layer together.
    static let images = 4

    /// Rows and columns of the output before pooling.
    var convolved: Int { isPooled ? 2 * size : size }
    /// Rows and columns of the input.
    var inputSize: Int { convolved + kernel - 1 }
    var blockWidth: Int { inputSize > 1 ? min(inputs, 16) : inputs }
    var blocks: Int { (inputs + blockWidth - 1) / blockWidth }
    var blockSize: Int { inputSize * inputSize * blockWidth }
    var imageSize: Int { blocks * blockSize }
    var positions: Int { size * size }
    var routes: Int { isPooled ? 4 : 1 }
    var taps: Int { kernel * kernel }
    /// Products summed into one output.
    var depth: Int { taps * blocks * blockWidth }
    var panels: Int { (outputs + Int(DIGITS_PANEL) - 1) / Int(DIGITS_PANEL) }

    /// Operations of the direct convolution of one image, before pooling.
    var operations: Double { 2 * Double(convolved * convolved * taps * inputs * outputs) }

    /// Where in a block the window of each position and place begins: `[positions][routes]`.
    var positionOffsets: [Int32] {
        let scale = isPooled ? 2 : 1
        return (0..<size * size * routes).map { index in
            let (position, place) = (index / routes, index % routes)
            let row = position / size * scale + place / 2
            return Int32((row * inputSize + position % size * scale + place % 2) * blockWidth)
        }
    }
}
