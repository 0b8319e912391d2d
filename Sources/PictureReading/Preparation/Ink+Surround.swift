import Imaging

extension Ink {
    /// The share of the shorter side along which what lies around the paper meets the picture's edges, at least.
    private static let leastTouch = 0.4
    /// How many times wider than strokes it is, at least.
    private static let leastWidth: Float = 2.5
    /// The share of its ink between the picture's edges and the paper, at least: of a digit that touches a frame most is not.
    private static let leastShare = 0.8

    /// Without what lies around the paper: the table, a dark edge or corner. It goes along the edges of the picture, from there to the
    /// paper without a gap, and is much wider than the strokes of what is left.
    func withoutSurround() -> Ink {
        let edges = edgePixels
        let least = Self.leastTouch * Double(plane.shorterSide)
        guard Double(edges.count { plane.values[$0] >= Self.threshold }) >= least else { return self }
        let components = Components(of: plane)
        var touches = [Int](repeating: 0, count: components.all.count + 1)
        for pixel in edges { touches[Int(components.labels[pixel])] += 1 }
        let bordering = bordering(components)
        let chosen = components.all.filter {
            Double(touches[Int($0.label)]) >= least
                && Double(bordering[Int($0.label)]) >= Self.leastShare * Double($0.count)
        }
        guard !chosen.isEmpty else { return self }
        let whole = PixelBox(left: 0, top: 0, width: plane.width, height: plane.height)
        let mask = components.mask(of: Set(chosen.map(\.label)), in: whole)
        let rest = plane.zip(mask.maximum(radius: 2)) { $0 * (1 - $1) }
        guard let own = StrokeStatistics(plane.zip(mask) { $0 * $1 }), let strokes = StrokeStatistics(rest),
            own.width >= Self.leastWidth * strokes.width,
            components.all.contains(where: {
                touches[Int($0.label)] == 0 && Float(max($0.box.height, $0.box.width)) >= 4 * strokes.width
            })
        else { return self }
        return Ink(
            plane: rest, color: color, scale: scale, strength: strength, grain: grain,
            strokeWidth: strokes.width)
    }

    /// How many pixels of each component are reached from an edge of the picture straight through it.
    private func bordering(_ components: Components) -> [Int] {
        let (height, width) = (plane.height, plane.width)
        var isReached = [Bool](repeating: false, count: height * width)
        /// Goes on from an edge as long as it is the same component.
        func reach(from start: Int, step: Int, count: Int) {
            let label = components.labels[start]
            guard label > 0 else { return }
            for number in 0..<count {
                let place = start + number * step
                guard components.labels[place] == label else { return }
                isReached[place] = true
            }
        }
        for row in 0..<height {
            reach(from: row * width, step: 1, count: width)
            reach(from: (row + 1) * width - 1, step: -1, count: width)
        }
        for column in 0..<width {
            reach(from: column, step: width, count: height)
            reach(from: (height - 1) * width + column, step: -width, count: height)
        }
        var counts = [Int](repeating: 0, count: components.all.count + 1)
        for (label, isReached) in zip(components.labels, isReached) where isReached {
            counts[Int(label)] += 1
        }
        return counts
    }

    /// The places of the plane's first and last rows and columns.
    private var edgePixels: [Int] {
        let (height, width) = (plane.height, plane.width)
        return Array(0..<width) + Array((height - 1) * width..<height * width)
            + (1..<max(1, height - 1)).flatMap { [$0 * width, ($0 + 1) * width - 1] }
    }
}
