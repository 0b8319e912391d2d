import CDigitKernels

/// A 3×3 convolution of a 9×10 picture, its 2×2 max-pool and ReLU, directly and by Winograd's transforms.
struct PooledConvolution {
    let channels, columns: Int
    let pooledRows = 3, pooledColumns = 4
    private let pictureColumns = 10
    private let picture, weights, bias: [Float]

    var tiles: Int { pooledRows * pooledColumns }

    init(channels: Int, columns: Int, content: Content) {
        (self.channels, self.columns) = (channels, columns)
        var numbers = Numbers(content)
        picture = numbers.floats(9 * pictureColumns * channels)
        weights = numbers.floats(columns * 9 * channels)
        bias = numbers.floats(columns)
    }

    private var rowStride: Int { pictureColumns * channels }

    /// Where each window's 4×4 pixels begin.
    private var tileOffsets: [Int32] {
        (0..<tiles).map {
            Int32(2 * ($0 / pooledColumns) * rowStride + 2 * ($0 % pooledColumns) * channels)
        }
    }

    /// One call of gather_gemm_pool.
    func direct(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let panels = GemmProblem.packed(weights, columns: columns, depth: 9 * channels)
        let result = memory.variable([Float](repeating: 777, count: tiles * columns))
        let route = memory.variable([UInt8](repeating: 99, count: tiles * columns))
        var call = digits_gather_gemm_pool(
            gemm: digits_gather_gemm(
                rows: tiles, columns: columns, source: memory.constant(picture),
                row_offsets: memory.constant(tileOffsets), runs: 3, run_length: 3 * channels,
                run_offsets: memory.constant((0..<3).map { Int32($0 * rowStride) }),
                panels: memory.constant(panels), bias: memory.constant(bias), relu: 1,
                result: result.baseAddress, result_stride: columns),
            window_offsets: (0, Int32(channels), Int32(rowStride), Int32(rowStride + channels)),
            route: route.baseAddress)
        set.kernels.gather_gemm_pool(&call)
        return (Array(result), Array(route))
    }

    /// Weights, input, sixteen products for each panel, output; `tilesPerCall` tiles at a time.
    func chain(
        _ set: KernelSet, in memory: GuardedMemory, tilesPerCall: Int = .max
    ) -> (values: [Float], routes: [UInt8]) {
        let panels = (columns + 15) / 16
        let panelCount = 16 * channels * 16
        let weightPanels = memory.variable([Float](repeating: 777, count: panels * panelCount))
        set.kernels.winograd_weights(columns, channels, memory.constant(weights), weightPanels.baseAddress)

        let source = memory.constant(picture)
        let bias = memory.constant(bias)
        let offsets = memory.constant(tileOffsets)
        let result = memory.variable([Float](repeating: 777, count: tiles * columns))
        let route = memory.variable([UInt8](repeating: 99, count: tiles * columns))
        let noRun = memory.constant([Int32(0)])
        for first in stride(from: 0, to: tiles, by: min(tilesPerCall, tiles)) {
            let count = min(tilesPerCall, tiles - first)
            let transformed = memory.variable([Float](repeating: 777, count: 16 * count * channels))
            var input = digits_winograd_input(
                tiles: count, channels: channels, source: source, tile_offsets: offsets + first,
                pixel_stride: channels, row_stride: rowStride, transformed: transformed.baseAddress,
                point_stride: count * channels, tile_stride: channels)
            set.kernels.winograd_input(&input)

            let rowOffsets = memory.constant((0..<count).map { Int32($0 * channels) })
            let products = memory.variable([Float](repeating: 777, count: 16 * count * 16))
            for panel in 0..<panels {
                for point in 0..<16 {
                    var product = digits_gather_gemm(
                        rows: count, columns: 16, source: transformed.baseAddress! + point * count * channels,
                        row_offsets: rowOffsets, runs: 1, run_length: channels, run_offsets: noRun,
                        panels: weightPanels.baseAddress! + panel * panelCount + point * channels * 16,
                        bias: nil, relu: 0, result: products.baseAddress! + point * count * 16,
                        result_stride: 16)
                    set.kernels.gather_gemm(&product)
                }
                var output = digits_winograd_output_pool(
                    tiles: count, columns: min(16, columns - panel * 16), products: products.baseAddress,
                    point_stride: count * 16, bias: bias + panel * 16, relu: 1,
                    result: result.baseAddress! + first * columns + panel * 16,
                    route: route.baseAddress! + first * columns + panel * 16, result_stride: columns)
                set.kernels.winograd_output_pool(&output)
            }
        }
        return (Array(result), Array(route))
    }
}
