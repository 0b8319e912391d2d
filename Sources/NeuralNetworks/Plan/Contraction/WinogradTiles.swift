import Tensors

/// Where the tiles of a group of images lie, `[groupSize][tiles]` each.
final class WinogradTiles: Sendable {
    /// The first pixel in a block of the windows.
    let offsets: Workspace<Int32>
    /// The first position in the output.
    let positions: Workspace<Int32>
    /// Outputs that a tile really has: fewer where it reaches over the edge.
    let heights: Workspace<Int32>
    let widths: Workspace<Int32>

    init(_ geometry: ContractionGeometry, form: WinogradForm, groupSize: Int) {
        func forEachTile(_ value: (_ image: Int, _ row: Int, _ column: Int) -> Int) -> Workspace<Int32> {
            Workspace(
                (0..<groupSize * form.tiles).map { index in
                    let tile = index % form.tiles
                    return Int32(
                        value(
                            index / form.tiles, tile / form.columns * form.tile,
                            tile % form.columns * form.tile))
                }, zero: 0)
        }
        offsets = forEachTile { image, row, column in
            image * geometry.imageSize + (row * geometry.paddedColumns + column) * geometry.blockWidth
        }
        let scale = geometry.isPooled ? 2 : 1
        positions = forEachTile { image, row, column in
            image * geometry.positions + row / scale * geometry.output.columns + column / scale
        }
        heights = forEachTile { _, row, _ in min(form.tile, geometry.convolved.rows - row) }
        widths = forEachTile { _, _, column in min(form.tile, geometry.convolved.columns - column) }
    }
}
