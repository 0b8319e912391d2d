import Compute

/// Where the tiles of the images lie that are computed together, `[imagesPerPass][tiles]` each.
final class WinogradTiles: Sendable {
    /// Images of a group that are computed together: enough for the products, few enough for the second-level cache.
    let imagesPerPass: Int
    /// The first pixel in a block of the windows.
    let offsets: Workspace<Int32>
    /// The first position in the output.
    let positions: Workspace<Int32>
    /// Outputs that a tile really has: fewer where it reaches over the edge.
    let heights: Workspace<Int32>
    let widths: Workspace<Int32>

    /// Tiles beyond which more in one product gain nothing.
    private static let enoughTiles = 48

    init(_ geometry: ContractionGeometry, form: WinogradForm, groupSize: Int) {
        let imagesPerPass = min(groupSize, max(1, Self.enoughTiles / form.tiles))
        self.imagesPerPass = imagesPerPass
        func forEachTile(_ value: (_ image: Int, _ row: Int, _ column: Int) -> Int) -> Workspace<Int32> {
            Workspace(
                (0..<imagesPerPass * form.tiles).map { index in
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

    /// Calls `body` for the images of a group, as many at a time as are computed together.
    func forEachPass(_ images: Range<Int>, _ body: (Range<Int>) -> Void) {
        var first = images.lowerBound
        while first < images.upperBound {
            let end = min(first + imagesPerPass, images.upperBound)
            body(first..<end)
            first = end
        }
    }
}
