import Imaging

extension Components {
    /// How high what is surrounded is, at least, as a share of what surrounds it: digits have loops, and specks in them.
    private static let leastShare = 0.3
    /// In how many rows and columns a ring is looked for around what it surrounds, and in how many it is there at least.
    private static let rays = (all: 5, least: 3)

    /// The labels of what surrounds other ink on all sides: boxes and rings around digits. Where one is cut off by the plane's edge, three
    /// sides are enough.
    /// - Precondition: The components are those of a plane with a row at least.
    func rings() -> Set<Int32> {
        let large = all.filter { $0.peak >= 0.5 && max($0.box.height, $0.box.width) >= 12 }.largest
        return Set(
            large.filter { ring in
                min(ring.box.height, ring.box.width) >= 12
                    && large.contains { other in
                        other.label != ring.label && ring.box.contains(other.box)
                            && Double(other.box.height) >= Self.leastShare * Double(ring.box.height)
                            && surrounds(ring, other.box)
                    }
            }.map(\.label))
    }

    private func surrounds(_ ring: Component, _ box: PixelBox) -> Bool {
        let height = labels.count / width
        let places = (0..<Self.rays.all).map { (2 * $0 + 1, 2 * Self.rays.all) }
        let rows = places.map { box.top + box.height * $0 / $1 }
        let columns = places.map { box.left + box.width * $0 / $1 }
        func meets(_ count: Int) -> Bool { count >= Self.rays.least }
        func isRing(_ row: Int, _ column: Int) -> Bool { labels[row * width + column] == ring.label }
        let outer = ring.box
        let sides: [(isMet: Bool, isCutOff: Bool)] = [
            (
                meets(rows.count { row in (outer.left..<box.left).contains { isRing(row, $0) } }),
                outer.left == 0
            ),
            (
                meets(rows.count { row in (box.right..<outer.right).contains { isRing(row, $0) } }),
                outer.right == width
            ),
            (
                meets(columns.count { column in (outer.top..<box.top).contains { isRing($0, column) } }),
                outer.top == 0
            ),
            (
                meets(
                    columns.count { column in (box.bottom..<outer.bottom).contains { isRing($0, column) } }),
                outer.bottom == height
            ),
        ]
        let open = sides.filter { !$0.isMet }
        return open.isEmpty || open.count == 1 && open[0].isCutOff
    }
}
