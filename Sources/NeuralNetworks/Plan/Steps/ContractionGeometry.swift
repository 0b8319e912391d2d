import Tensors

/// How a convolution (or dense layer) reads its input: as windows of a picture that is padded with zeros and cut into
/// blocks of channels.
///
/// Layout of one image's windows: `[block][paddedRows][paddedColumns][blockWidth]`. Inside a block, neighbouring
/// pixels are neighbours in memory, which is what the caches want. With up to 16 channels, or one pixel, there is one
/// block as wide as the channels; the last of several is filled up with zeros.
struct ContractionGeometry {
    let input: Extent
    /// Before pooling.
    let convolved: Extent
    /// After pooling, if any: what the step writes.
    let output: Extent
    let window: Window
    /// Whether the largest of each 2×2 outputs is kept.
    let isPooled: Bool

    let paddedRows: Int
    let paddedColumns: Int
    let blockWidth: Int
    let blocks: Int

    init(input: Extent, convolved: Extent, output: Extent, window: Window, isPooled: Bool) {
        self.input = input
        self.convolved = convolved
        self.output = output
        self.window = window
        self.isPooled = isPooled
        // The input may be larger than what the windows reach: after a batch norm it is never cut.
        let reach = window.reach(output: convolved)
        paddedRows = max(reach.rows, window.paddingTop + input.rows)
        paddedColumns = max(reach.columns, window.paddingLeft + input.columns)
        let isBlocked = input.channels > Kernels.panelWidth && input.pixels > 1
        blockWidth = isBlocked ? Kernels.panelWidth : input.channels
        blocks = (input.channels + blockWidth - 1) / blockWidth
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

    /// The output channels of one panel.
    func channels(ofPanel panel: Int) -> Range<Int> {
        let first = panel * Kernels.panelWidth
        return first..<min(first + Kernels.panelWidth, output.channels)
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

    /// Copies one image, `[rows][columns][channels]`, to the windows' layout. The padding is left as it is.
    func copyIn(_ image: UnsafePointer<Float>, to windows: UnsafeMutablePointer<Float>) {
        forEachPixelBlock { pixel, inBlock, width in
            copy(image + pixel, to: windows + inBlock, count: width)
        }
    }

    /// The opposite of `copyIn`, without the padding.
    func copyOut(_ windows: UnsafePointer<Float>, to image: UnsafeMutablePointer<Float>) {
        forEachPixelBlock { pixel, inBlock, width in
            copy(windows + inBlock, to: image + pixel, count: width)
        }
    }

    @inline(__always)
    private func forEachPixelBlock(_ body: (_ pixel: Int, _ inBlock: Int, _ width: Int) -> Void) {
        for block in 0..<blocks {
            let first = block * blockWidth
            let width = min(blockWidth, input.channels - first)
            for row in 0..<input.rows {
                var pixel = row * input.columns * input.channels + first
                var inBlock =
                    block * blockSize
                    + ((row + window.paddingTop) * paddedColumns + window.paddingLeft) * blockWidth
                for _ in 0..<input.columns {
                    body(pixel, inBlock, width)
                    pixel += input.channels
                    inBlock += blockWidth
                }
            }
        }
    }

    @inline(__always)
    private func copy(_ source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>, count: Int)
    {
        if count == 16 {
            let floats = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<Float>.self)
            UnsafeMutableRawPointer(destination).storeBytes(of: floats, as: SIMD16<Float>.self)
        } else {
            destination.update(from: source, count: count)
        }
    }
}
