/// Rows and columns of a grid of pictures, written `4x8`.
struct GridSize: Equatable {
    /// A screen holds far fewer; the limit keeps the product from overflowing.
    static let limit = 1000

    let rows: Int
    let columns: Int

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Reads `4x8`; nil for anything that is no grid.
    init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { "xX×".contains($0) }
            .map { Int($0) }
        guard parts.count == 2, let rows = parts[0], let columns = parts[1],
            (1...Self.limit).contains(rows), (1...Self.limit).contains(columns)
        else { return nil }
        self.init(rows: rows, columns: columns)
    }

    /// Pictures in all.
    var count: Int { rows * columns }
}
