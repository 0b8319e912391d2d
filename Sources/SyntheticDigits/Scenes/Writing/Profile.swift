/// How far ink reaches to the left and to the right at each height, so that signs can be set as near to each other as their
/// shapes allow.
struct Profile {
    private static let bands = 24
    /// The bands' height and the first one's place, in heights of a digit.
    private static let step: Float = 0.1
    private static let first: Float = -1.7

    private var left = [Float](repeating: .infinity, count: bands)
    private var right = [Float](repeating: -.infinity, count: bands)

    /// Ink around points, in heights of a digit.
    init(_ points: [PenPath.Point] = []) {
        for point in points {
            let top = Self.band(point.place.y - point.radius)
            for band in top...max(top, Self.band(point.place.y + point.radius)) {
                left[band] = min(left[band], point.place.x - point.radius)
                right[band] = max(right[band], point.place.x + point.radius)
            }
        }
    }

    private static func band(_ y: Float) -> Int {
        Int(min(max((y - first) / step, 0), Float(bands - 1)))
    }

    /// How far the other one, which stands to the right, must be moved so that the two just meet, at the same height or a band
    /// above or below; 0 where one of them is blank.
    func meeting(_ other: Profile) -> Float {
        var distance = -Float.infinity
        for band in 0..<Self.bands {
            for near in max(band - 1, 0)...min(band + 1, Self.bands - 1) {
                distance = max(distance, right[near] - other.left[band])
            }
        }
        return distance.isFinite ? distance : max(end - other.start, -1)
    }

    /// The leftmost and the rightmost ink; infinite where there is none.
    var start: Float { left.min()! }
    var end: Float { right.max()! }

    /// Adds ink that was moved to the right.
    mutating func add(_ other: Profile, movedBy distance: Float) {
        for band in 0..<Self.bands {
            left[band] = min(left[band], other.left[band] + distance)
            right[band] = max(right[band], other.right[band] + distance)
        }
    }
}
