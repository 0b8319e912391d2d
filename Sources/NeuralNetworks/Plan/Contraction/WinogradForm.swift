import CDigitKernels

/// Which of Winograd's forms a convolution takes, and how many tiles of it.
struct WinogradForm: Hashable {
    /// Outputs of a tile on each axis.
    let tile: Int
    /// Rows and columns of the kernel.
    let kernel: Int
    /// Tiles that cover an image's outputs; the last ones may reach over the edge.
    let rows: Int
    let columns: Int

    /// Values of a tile on each axis.
    var side: Int { tile + kernel - 1 }
    var points: Int { side * side }
    var tiles: Int { rows * columns }

    /// As the kernels take it.
    var form: digits_winograd { digits_winograd(tile: tile, kernel: kernel) }

    /// The form with the fewest multiplications, or nil where none pays. It depends on the geometry alone, so that an
    /// image's result does not depend on how many are computed with it.
    static func best(window: Window, convolved: Extent, channels: Int, isPooled: Bool) -> WinogradForm? {
        guard window.rows == window.columns, window.strideRows == 1, window.strideColumns == 1,
            channels >= 8, convolved.channels >= 8
        else { return nil }
        // Of equals the first, which is the most exact.
        let forms = [(2, 3), (4, 3), (2, 5)].filter { $0.1 == window.rows }.map { tile, kernel in
            WinogradForm(
                tile: tile, kernel: kernel, rows: (convolved.rows + tile - 1) / tile,
                columns: (convolved.columns + tile - 1) / tile)
        }
        // A pool's windows are taken within tiles. With few tiles there is more work on the weights than on the image.
        return forms.filter {
            $0.tiles >= 4
                && (!isPooled || convolved.rows % $0.tile == 0 && convolved.columns % $0.tile == 0)
                && 5 * $0.tiles * $0.points <= 3 * convolved.pixels * window.rows * window.columns
        }.min { $0.tiles * $0.points < $1.tiles * $1.points }
    }
}
