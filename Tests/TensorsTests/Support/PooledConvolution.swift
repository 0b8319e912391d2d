import CDigitKernels

/// A 3×3 convolution of a picture, its 2×2 max-pool and ReLU, directly and by Winograd's transforms.
struct PooledConvolution {
    let transforms: WinogradTransforms
    let channels, columns: Int
    /// Positions of the output: an odd number of tiles in one direction, an even one in the other.
    let pooledRows, pooledColumns: Int
    private let pictureColumns: Int
    private let picture, weights, bias: [Float]

    var tiles: Int { pooledRows * pooledColumns / (windows * windows) }
    private var positions: Int { pooledRows * pooledColumns }
    /// Pooling windows on one side of a tile.
    private var windows: Int { transforms.tile / 2 }
    private var rowStride: Int { pictureColumns * channels }

    init(_ transforms: WinogradTransforms, channels: Int, columns: Int, content: Content) {
        self.transforms = transforms
        (self.channels, self.columns) = (channels, columns)
        (pooledRows, pooledColumns) = (3 * transforms.tile / 2, 4 * transforms.tile / 2)
        // Outside the tiles there is a row, but no column.
        pictureColumns = 2 * pooledColumns + 2
        var numbers = Numbers(content)
        picture = numbers.floats((2 * pooledRows + 3) * pictureColumns * channels)
        weights = numbers.floats(columns * 9 * channels)
        bias = numbers.floats(columns)
    }

    /// Where each tile's first pixel is, and its first position.
    private var tilePlaces: [(pixel: Int32, position: Int32)] {
        let perRow = pooledColumns / windows
        return (0..<tiles).map { number in
            let (row, column) = (number / perRow * windows, number % perRow * windows)
            return (
                Int32(2 * row * rowStride + 2 * column * channels), Int32(row * pooledColumns + column)
            )
        }
    }

    /// Offsets in the picture of a window's four places.
    private var windowOffsets: [Int] { [0, channels, rowStride, rowStride + channels] }

    /// One call of gather_gemm_pool.
    func direct(_ set: KernelSet, in memory: GuardedMemory) -> (values: [Float], routes: [UInt8]) {
        let result = memory.variable([Float](repeating: 777, count: positions * columns))
        let route = memory.variable([UInt8](repeating: 99, count: positions * columns))
        let offsets = windowOffsets.map { Int32($0) }
        var call = digits_gather_gemm_pool(
            gemm: gemm(relu: 1, in: memory, result: result.baseAddress!),
            window_offsets: (offsets[0], offsets[1], offsets[2], offsets[3]), route: route.baseAddress)
        set.kernels.gather_gemm_pool(&call)
        return (Array(result), Array(route))
    }

    /// The convolution at one of each window's places, before ReLU, by the reference.
    func values(atPlace place: Int) -> [Float] {
        let memory = GuardedMemory(.misaligned)
        let result = memory.variable([Float](repeating: 777, count: positions * columns))
        var call = gemm(relu: 0, in: memory, result: result.baseAddress!)
        call.source += windowOffsets[place]
        KernelSet.reference.kernels.gather_gemm(&call)
        return Array(result)
    }

    private func gemm(
        relu: Int32, in memory: GuardedMemory, result: UnsafeMutablePointer<Float>
    ) -> digits_gather_gemm {
        let rowOffsets = (0..<positions).map {
            Int32(2 * ($0 / pooledColumns) * rowStride + 2 * ($0 % pooledColumns) * channels)
        }
        return digits_gather_gemm(
            rows: positions, columns: columns, source: memory.constant(picture),
            row_offsets: memory.constant(rowOffsets), runs: 3, run_length: 3 * channels,
            run_offsets: memory.constant((0..<3).map { Int32($0 * rowStride) }),
            panels: memory.constant(GemmProblem.packed(weights, columns: columns, depth: 9 * channels)),
            bias: memory.constant(bias), relu: relu, result: result, result_stride: columns)
    }

    /// Weights, input, the points' products for each panel, output; `tilesPerCall` tiles at a time.
    func chain(
        _ set: KernelSet, in memory: GuardedMemory, tilesPerCall: Int = .max
    ) -> (values: [Float], routes: [UInt8]) {
        let (points, panels) = (transforms.points, (columns + 15) / 16)
        let panelCount = points * channels * 16
        let plain = memory.constant(GemmProblem.packed(weights, columns: columns, depth: 9 * channels))
        let weightPanels = memory.variable([Float](repeating: 777, count: panels * panelCount))
        for panel in 0..<panels {
            set.kernels.winograd_weights(
                transforms.tile, channels, plain + panel * 9 * channels * 16,
                weightPanels.baseAddress! + panel * panelCount)
        }

        let source = memory.constant(picture)
        let bias = memory.constant(bias)
        let pixels = memory.constant(tilePlaces.map(\.pixel))
        let places = memory.constant(tilePlaces.map(\.position))
        let result = memory.variable([Float](repeating: 777, count: positions * columns))
        let route = memory.variable([UInt8](repeating: 99, count: positions * columns))
        let noRun = memory.constant([Int32(0)])
        for first in stride(from: 0, to: tiles, by: min(tilesPerCall, tiles)) {
            let count = min(tilesPerCall, tiles - first)
            let transformed = memory.variable([Float](repeating: 777, count: points * count * channels))
            var input = digits_winograd_input(
                tile: transforms.tile, tiles: count, channels: channels, source: source,
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
                var output = digits_winograd_output_pool(
                    tile: transforms.tile, tiles: count, columns: min(16, columns - panel * 16),
                    products: products.baseAddress, point_stride: count * 16, bias: bias + panel * 16,
                    relu: 1, position_offsets: places + first, row_positions: pooledColumns,
                    result: result.baseAddress! + panel * 16, route: route.baseAddress! + panel * 16,
                    result_stride: columns)
                set.kernels.winograd_output_pool(&output)
            }
        }
        return (Array(result), Array(route))
    }

    /// What each pooled output of the chain may be off by.
    var bounds: [Float] {
        // Each channel's product and its addition, the transforms', the bias and the rounding of what it is compared with.
        let roundings =
            WinogradTransforms.weightsRoundings + WinogradTransforms.inputRoundings
            + WinogradTransforms.outputRoundings + channels + 3
        let side = transforms.side
        let kernels = (0..<columns * channels).map { index in
            let (o, c) = (index / channels, index % channels)
            let taps = (0..<9).map { weights[(o * 9 + $0) * channels + c] }
            return WinogradTransforms.magnitudes(transforms.weights, taps)
        }
        var bounds = [Float](repeating: 0, count: positions * columns)
        for place in tilePlaces {
            let tile = (0..<channels).map { c in
                let pixels = (0..<transforms.points).map {
                    picture[Int(place.pixel) + $0 / side * rowStride + $0 % side * channels + c]
                }
                return WinogradTransforms.magnitudes(transforms.input, pixels)
            }
            for o in 0..<columns {
                let products = (0..<transforms.points).map { point in
                    (0..<channels).reduce(0) { $0 + kernels[o * channels + $1][point] * tile[$1][point] }
                }
                let outputs = WinogradTransforms.magnitudes(transforms.output, products)
                for (index, magnitude) in outputs.enumerated() {
                    let (row, column) = (index / transforms.tile / 2, index % transforms.tile / 2)
                    let at = (Int(place.position) + row * pooledColumns + column) * columns + o
                    bounds[at] = max(
                        bounds[at], tolerance(operations: roundings, magnitude: magnitude + abs(bias[o])))
                }
            }
        }
        return bounds
    }
}
