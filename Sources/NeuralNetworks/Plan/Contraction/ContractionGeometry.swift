import CDigitKernels
import Compute

/// How a convolution (or dense layer) reads its input: as windows of a picture that is padded with zeros and cut into
/// blocks of channels.
///
/// Layout of one image's windows: `[block][paddedRows][paddedColumns][blockWidth]`. Inside a block, neighbouring
/// pixels are neighbours in memory, which is what kernels want that walk windows; the last block is filled up with zeros.
/// With few channels, with one pixel, or where only Winograd's transforms read it, there is one block as wide as the
/// channels.
struct ContractionGeometry {
    let input: Extent
    /// Before pooling.
    let convolved: Extent
    /// After pooling, if any: what the step writes.
    let output: Extent
    let window: Window
    /// Whether ReLU follows.
    let hasRelu: Bool
    /// Whether the largest of each 2×2 outputs is kept.
    let isPooled: Bool
    /// Winograd's form of it, if it takes one.
    let winograd: WinogradForm?

    let paddedRows: Int
    let paddedColumns: Int
    let blockWidth: Int
    let blocks: Int

    /// - Parameters:
    ///   - servesBackward: Whether gradients will be asked for.
    ///   - blockWidth: Channels in a block, where there are more channels than that.
    init(
        input: Extent, convolved: Extent, output: Extent, window: Window, hasRelu: Bool, isPooled: Bool,
        servesBackward: Bool, blockWidth: Int
    ) {
        self.input = input
        self.convolved = convolved
        self.output = output
        self.window = window
        self.hasRelu = hasRelu
        self.isPooled = isPooled
        // The input may be larger than what the windows reach: after a batch norm it is never cut.
        var reach = window.reach(output: convolved)
        winograd = WinogradForm.best(
            window: window, convolved: convolved, channels: input.channels, isPooled: isPooled)
        if let winograd {
            reach.rows = winograd.rows * winograd.tile + window.rows - 1
            reach.columns = winograd.columns * winograd.tile + window.columns - 1
        }
        paddedRows = max(reach.rows, window.paddingTop + input.rows)
        paddedColumns = max(reach.columns, window.paddingLeft + input.columns)
        let walksWindows =
            winograd.map { servesBackward && Self.isListed($0, hasRelu: hasRelu, isPooled: isPooled) } ?? true
        let isBlocked = input.channels > blockWidth && input.pixels > 1 && walksWindows
        self.blockWidth = isBlocked ? blockWidth : input.channels
        blocks = (input.channels + self.blockWidth - 1) / self.blockWidth
    }

    /// Whether the input's own memory has the layout of the windows.
    var readsInputDirectly: Bool {
        blocks == 1 && paddedRows == input.rows && paddedColumns == input.columns
    }

    var paddedPixels: Int { paddedRows * paddedColumns }
    var blockSize: Int { paddedPixels * blockWidth }
    var imageSize: Int { blocks * blockSize }
    var taps: Int { window.rows * window.columns }
    /// Products summed into one output, padding channels included.
    var depth: Int { blocks * taps * blockWidth }
    /// Output positions of one image.
    var positions: Int { output.pixels }
    /// Places in an output's window that its gradient can go to.
    var routes: Int { isPooled ? 4 : 1 }
    /// Panels of up to 16 output channels.
    var panels: Int { (output.channels + Kernels.panelWidth - 1) / Kernels.panelWidth }

    /// The most images whose windows, outputs and lists of live outputs the kernels' 32-bit offsets reach.
    var largestBatch: Int {
        Int(Int32.max) / max(imageSize, output.count, Kernels.panelWidth * positions)
    }

    /// The output channels of one panel.
    func channels(ofPanel panel: Int) -> Range<Int> {
        let first = panel * Kernels.panelWidth
        return first..<min(first + Kernels.panelWidth, output.channels)
    }

    /// How the gradients are computed.
    enum GradientMethod: Hashable {
        /// Only live outputs count: after a pool or, element by element, after a ReLU.
        case listed
        case winograd(WinogradForm)
        /// A dense layer: products of matrices.
        case dense
    }

    var gradientMethod: GradientMethod {
        if let winograd {
            return Self.isListed(winograd, hasRelu: hasRelu, isPooled: isPooled)
                ? .listed : .winograd(winograd)
        }
        return !isPooled && taps == 1 && input.pixels == 1 && !paysToList ? .dense : .listed
    }

    /// Whether the weights' gradient is computed from lists of live outputs.
    var listsWeightGradient: Bool { isPooled || isOneWindow && paysToList }

    /// Whether an image's input is one window and nothing else, and each of its outputs has a gradient.
    var isOneWindow: Bool {
        positions == 1 && !isPooled && input.rows == window.rows && input.columns == window.columns
            && window.paddingTop == 0 && window.paddingLeft == 0
    }

    /// Behind a ReLU, and a dropout, many outputs are dead. Leaving them out pays where the weights are too many for the
    /// second-level cache; smaller products of matrices are done before the lists are made.
    private var paysToList: Bool {
        hasRelu && taps * input.channels * output.channels * MemoryLayout<Float>.size > 256 * 1024
    }

    /// Behind a pool one output in four lives, and behind a ReLU too one in eight or so. Lists of them are shorter than
    /// Winograd's products, but for one in four and large tiles, where they are equal.
    private static func isListed(_ winograd: WinogradForm, hasRelu: Bool, isPooled: Bool) -> Bool {
        isPooled && (hasRelu || winograd.tile == 2)
    }

    /// Offset within a block of the window of each position and place: `[positions][routes]`.
    var positionOffsets: [Int32] {
        let scale = isPooled ? 2 : 1
        return (0..<output.rows).flatMap { row in
            (0..<output.columns).flatMap { column in
                (0..<routes).map { place in
                    let y = (row * scale + place / 2) * window.strideRows
                    let x = (column * scale + place % 2) * window.strideColumns
                    return Int32((y * paddedColumns + x) * blockWidth)
                }
            }
        }
    }

    /// Where each run of a window's row begins: `[blocks][kernel rows]`.
    var runOffsets: [Int32] {
        (0..<blocks).flatMap { block in
            (0..<window.rows).map { Int32(block * blockSize + $0 * paddedColumns * blockWidth) }
        }
    }

    /// One image, `[rows][columns][channels]`, as blocks within the windows' padding.
    var blockLayout: digits_blocks {
        digits_blocks(
            rows: input.rows, columns: input.columns, channels: input.channels, width: blockWidth,
            row_stride: paddedColumns * blockWidth, block_stride: blockSize)
    }

    /// Where the first pixel lies in a block.
    var firstPixel: Int { (window.paddingTop * paddedColumns + window.paddingLeft) * blockWidth }
}
