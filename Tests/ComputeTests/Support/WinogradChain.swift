import CDigitKernels

/// A convolution of a picture, with ReLU and with or without a 2×2 max-pool, by Winograd's transforms.
struct WinogradChain {
    let transforms: WinogradTransforms
    let channels, columns: Int
    let isPooled: Bool
    /// Positions before pooling: three rows of four tiles, the last of which reach over the edge where that may be.
    let rows, rowPositions: Int
    let tiles = 12
    private let imageColumns: Int
    private let image, weights, bias: [Float]

    private var rowStride: Int { imageColumns * channels }
    private var tileRows: [Int] { (0..<tiles).map { $0 / 4 * transforms.tile } }
    private var tileColumns: [Int] { (0..<tiles).map { $0 % 4 * transforms.tile } }

    init(
        _ transforms: WinogradTransforms, channels: Int, columns: Int, isPooled: Bool, content: Content
    ) {
        self.transforms = transforms
        (self.channels, self.columns, self.isPooled) = (channels, columns, isPooled)
        (rows, rowPositions) = (
            3 * transforms.tile - (isPooled ? 0 : 1), 4 * transforms.tile - (isPooled ? 0 : 1)
        )
        // The picture ends where the last tile does.
        imageColumns = 4 * transforms.tile + transforms.kernel - 1
        var numbers = Numbers(content)
        image = numbers.floats((3 * transforms.tile + transforms.kernel - 1) * imageColumns * channels)
        weights = numbers.floats(columns * transforms.taps * channels)
        bias = numbers.floats(columns)
    }

    /// The convolution before ReLU and pool, `[rows][rowPositions][columns]`, summed in Double.
    var direct: [Float] {
        (0..<rows * rowPositions * columns).map { index in
            let (position, o) = (index / columns, index % columns)
            var sum = Double(bias[o])
            for tap in 0..<transforms.taps {
                let (y, x) = (tap / transforms.kernel, tap % transforms.kernel)
                let pixel =
                    (position / rowPositions + y) * rowStride + (position % rowPositions + x) * channels
                for c in 0..<channels {
                    sum +=
                        Double(image[pixel + c])
                        * Double(weights[(o * transforms.taps + tap) * channels + c])
                }
            }
            return Float(sum)
        }
    }

    /// Of numbers as of `direct`, those at one of the four places of each window.
    func atPlace(_ place: Int, of values: [Float]) -> [Float] {
        (0..<rows / 2 * (rowPositions / 2) * columns).map { index in
            let (window, o) = (index / columns, index % columns)
            let row = window / (rowPositions / 2) * 2 + place / 2
            let column = window % (rowPositions / 2) * 2 + place % 2
            return values[(row * rowPositions + column) * columns + o]
        }
    }

    /// Runs weights, input, the points' products for each panel, and output; `tilesPerCall` tiles at a time. Without
    /// pooling there are no routes.
    func run(
        _ set: KernelSet, in memory: GuardedMemory, tilesPerCall: Int = .max
    ) -> (values: [Float], routes: [UInt8]) {
        let (points, panels, depth) = (transforms.points, (columns + 15) / 16, transforms.taps * channels)
        let panelCount = points * channels * 16
        let plain = memory.constant(GemmProblem.packed(weights, columns: columns, depth: depth))
        let weightPanels = memory.variable([Float](repeating: 777, count: panels * panelCount))
        for panel in 0..<panels {
            var transform = digits_winograd_weights(
                form: transforms.form, rows: channels, columns: min(16, columns - panel * 16),
                weights: plain + panel * depth * 16, tap_stride: channels * 16, row_stride: 16,
                panel: weightPanels.baseAddress! + panel * panelCount, point_stride: channels * 16)
            set.kernels.winograd_weights(&transform)
        }

        let scale = isPooled ? 2 : 1
        let source = memory.constant(image)
        let bias = memory.constant(bias)
        let pixels = memory.constant(
            zip(tileRows, tileColumns).map { Int32($0 * rowStride + $1 * channels) })
        let places = memory.constant(
            zip(tileRows, tileColumns).map { Int32($0 / scale * (rowPositions / scale) + $1 / scale) })
        let heights = memory.constant(tileRows.map { Int32(min(transforms.tile, rows - $0)) })
        let widths = memory.constant(tileColumns.map { Int32(min(transforms.tile, rowPositions - $0)) })
        let resultCount = rows / scale * (rowPositions / scale) * columns
        let result = memory.variable([Float](repeating: 777, count: resultCount))
        let route = memory.variable([UInt8](repeating: 99, count: isPooled ? resultCount : 0))
        let noRun = memory.constant([Int32(0)])
        for first in stride(from: 0, to: tiles, by: min(tilesPerCall, tiles)) {
            let count = min(tilesPerCall, tiles - first)
            let transformed = memory.variable([Float](repeating: 777, count: points * count * channels))
            var input = digits_winograd_input(
                form: transforms.form, tiles: count, channels: channels, source: source,
                tile_offsets: pixels + first, pixel_stride: channels, row_stride: rowStride,
                transformed: transformed.baseAddress, point_stride: count * channels, tile_stride: channels)
            set.kernels.winograd_input(&input)

            let rowOffsets = memory.constant((0..<count).map { Int32($0 * channels) })
            let products = memory.variable([Float](repeating: 777, count: points * count * 16))
            for panel in 0..<panels {
                for point in 0..<points {
                    var product = digits_gather_gemm(
                        rows: count, columns: 16, source: transformed.baseAddress! + point * count * channels,
                        row_offsets: rowOffsets, runs: 1, run_length: channels, run_offsets: noRun,
                        panels: weightPanels.baseAddress! + panel * panelCount + point * channels * 16,
                        bias: nil, relu: 0, result: products.baseAddress! + point * count * 16,
                        result_stride: 16)
                    set.kernels.gather_gemm(&product)
                }
                let width = min(16, columns - panel * 16)
                if isPooled {
                    var output = digits_winograd_output_pool(
                        form: transforms.form, tiles: count, columns: width, products: products.baseAddress,
                        point_stride: count * 16, bias: bias + panel * 16, relu: 1,
                        position_offsets: places + first, row_positions: rowPositions / 2,
                        result: result.baseAddress! + panel * 16, route: route.baseAddress! + panel * 16,
                        result_stride: columns)
                    set.kernels.winograd_output_pool(&output)
                } else {
                    var output = digits_winograd_output(
                        form: transforms.form, tiles: count, columns: width, products: products.baseAddress,
                        point_stride: count * 16, bias: bias + panel * 16, relu: 1,
                        position_offsets: places + first, heights: heights + first, widths: widths + first,
                        row_positions: rowPositions, result: result.baseAddress! + panel * 16,
                        result_stride: columns)
                    set.kernels.winograd_output(&output)
                }
            }
        }
        return (Array(result), Array(route))
    }

    /// What each number of `direct` may be off by in the chain.
    var bounds: [Float] {
        // The transforms', each channel's product and its addition, the bias, the rounding of `direct`.
        let roundings =
            transforms.weightsRoundings + transforms.inputRoundings + transforms.outputRoundings + channels
            + 3
        let side = transforms.side
        let kernels = (0..<columns * channels).map { index in
            let (o, c) = (index / channels, index % channels)
            let taps = (0..<transforms.taps).map { weights[(o * transforms.taps + $0) * channels + c] }
            return WinogradTransforms.magnitudes(transforms.weights, taps)
        }
        var bounds = [Float](repeating: 0, count: rows * rowPositions * columns)
        for (tileRow, tileColumn) in zip(tileRows, tileColumns) {
            let tile = (0..<channels).map { c in
                let pixels = (0..<transforms.points).map {
                    image[(tileRow + $0 / side) * rowStride + (tileColumn + $0 % side) * channels + c]
                }
                return WinogradTransforms.magnitudes(transforms.input, pixels)
            }
            for o in 0..<columns {
                let products = (0..<transforms.points).map { point in
                    (0..<channels).reduce(0) { $0 + kernels[o * channels + $1][point] * tile[$1][point] }
                }
                let outputs = WinogradTransforms.magnitudes(transforms.output, products)
                for (index, magnitude) in outputs.enumerated() {
                    let (y, x) = (tileRow + index / transforms.tile, tileColumn + index % transforms.tile)
                    guard y < rows, x < rowPositions else { continue }
                    bounds[(y * rowPositions + x) * columns + o] = tolerance(
                        operations: roundings, magnitude: magnitude + abs(bias[o]))
                }
            }
        }
        return bounds
    }
}
