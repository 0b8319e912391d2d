import CDigitKernels
import Tensors

/// The forward pass of a pooled 3×3 convolution by Winograd's method: the tiles of a group of images are transformed,
/// multiplied with the transformed weights point by point, and transformed back into pooled outputs.
final class WinogradConvolution: @unchecked Sendable {
    private let geometry: ContractionGeometry
    private let tile: Int
    /// Tiles of one image.
    private let tiles: Int
    private let kernels: UnsafePointer<digits_kernels>

    /// For each image of a group and each tile, its first pixel in a block of the windows.
    private let tileOffsets: Workspace<Int32>
    /// Likewise, its first position in the output.
    private let positionOffsets: Workspace<Int32>
    /// Where each tile's channels begin within a point.
    private let tileRows: Workspace<Int32>
    private let zero = Workspace<Int32>(count: 1, zero: 0)

    /// Of each thread, the transformed tiles, `[points][tiles][C]`, and a panel's products, `[points][tiles][16]`.
    private let transformed: [FloatBuffer]
    private let products: [FloatBuffer]
    private let transformedStride: Int
    private let productStride: Int

    /// Nil where the geometry has no Winograd form that pays.
    init?(_ geometry: ContractionGeometry, setting: PlanSetting) {
        guard let tile = geometry.winogradTile else { return nil }
        self.geometry = geometry
        self.tile = tile
        kernels = setting.kernels.table
        let rows = geometry.convolved.rows / tile
        let columns = geometry.convolved.columns / tile
        let tiles = rows * columns
        self.tiles = tiles
        let group = setting.groupSize
        func forEachTile(_ place: (_ image: Int, _ row: Int, _ column: Int) -> Int) -> Workspace<Int32> {
            Workspace(
                (0..<group * tiles).map {
                    Int32(place($0 / tiles, $0 % tiles / columns * tile, $0 % columns * tile))
                }, zero: 0)
        }
        tileOffsets = forEachTile { image, row, column in
            image * geometry.imageSize + (row * geometry.paddedColumns + column) * geometry.blockWidth
        }
        positionOffsets = forEachTile { image, row, column in
            image * geometry.positions + row / 2 * geometry.output.columns + column / 2
        }
        let channels = geometry.input.channels
        tileRows = Workspace((0..<group * tiles).map { Int32($0 * channels) }, zero: 0)
        // One cache line more, so that the points do not fall on the same cache sets.
        let transformedStride = group * tiles * channels + 16
        let productStride = group * tiles * Kernels.panelWidth + 16
        self.transformedStride = transformedStride
        self.productStride = productStride
        let points = (tile + 2) * (tile + 2)
        transformed = (0..<setting.workers).map { _ in FloatBuffer(count: points * transformedStride) }
        products = (0..<setting.workers).map { _ in FloatBuffer(count: points * productStride) }
    }

    /// - Parameters:
    ///   - images: How many, at most a group.
    ///   - source: The first image's windows.
    ///   - result: The first image's output; `route` likewise.
    func forward(
        images: Int, source: UnsafePointer<Float>, weights: ContractionWeights, hasRelu: Bool,
        result: UnsafeMutablePointer<Float>, route: UnsafeMutablePointer<UInt8>, worker: Int
    ) {
        let tiles = images * tiles
        let channels = geometry.input.channels
        let width = Kernels.panelWidth
        let points = (tile + 2) * (tile + 2)
        let transformed = transformed[worker].pointer
        let products = products[worker].pointer
        for block in 0..<geometry.blocks {
            let first = block * geometry.blockWidth
            var transform = digits_winograd_input(
                tile: tile, tiles: tiles, channels: min(geometry.blockWidth, channels - first),
                source: source + block * geometry.blockSize, tile_offsets: tileOffsets.pointer,
                pixel_stride: geometry.blockWidth, row_stride: geometry.paddedColumns * geometry.blockWidth,
                transformed: transformed + first, point_stride: transformedStride, tile_stride: channels)
            kernels.pointee.winograd_input(&transform)
        }
        for panel in 0..<geometry.panels {
            let outputs = geometry.channels(ofPanel: panel)
            for point in 0..<points {
                var product = digits_gather_gemm(
                    rows: tiles, columns: width, source: transformed + point * transformedStride,
                    row_offsets: tileRows.pointer, runs: 1, run_length: channels, run_offsets: zero.pointer,
                    panels: weights.panels.pointer + (panel * points + point) * channels * width, bias: nil,
                    relu: 0, result: products + point * productStride, result_stride: width)
                kernels.pointee.gather_gemm(&product)
            }
            var back = digits_winograd_output_pool(
                tile: tile, tiles: tiles, columns: outputs.count, products: products,
                point_stride: productStride, bias: weights.biasPointer.map { $0 + outputs.lowerBound },
                relu: hasRelu ? 1 : 0, position_offsets: positionOffsets.pointer,
                row_positions: geometry.output.columns, result: result + outputs.lowerBound,
                route: route + outputs.lowerBound, result_stride: geometry.output.channels)
            kernels.pointee.winograd_output_pool(&back)
        }
    }
}
