/// One way to write a sign, such as a digit: the pen's strokes, in a few poses.
///
/// A pose is how somebody might hold the form's proportions: the loop small or large, the bar high or low. All poses of a
/// form have the same points in the same order, so that anything between two of them is that sign as well.
package struct PenForm: Sendable {
    /// What is special about it, such as `barred`.
    package let name: String
    /// How often this form is chosen, in relation to the other forms of its sign.
    let share: Float
    /// The strokes in the order in which they are written.
    let strokes: [PenStroke]

    /// - Precondition: Every stroke has the same number of poses.
    init(_ name: String, share: Float, _ strokes: PenStroke...) {
        self.init(name, share: share, strokes)
    }

    /// - Precondition: Every stroke has the same number of poses.
    init(_ name: String, share: Float, _ strokes: [PenStroke]) {
        precondition(
            Set(strokes.map(\.poses.count)).count == 1,
            "The strokes of the form '\(name)' differ in their number of poses.")
        self.name = name
        self.share = share
        self.strokes = strokes
    }

    /// How many poses it has.
    var poseCount: Int { strokes[0].poses.count }
}

extension PenForm {
    /// The forms of each digit, from 0 to 9. Drawn for this package after how people write; nothing is traced.
    package static let digits: [[PenForm]] = [
        zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines,
    ]
}

/// What the pen writes without leaving the paper: a smooth line through points, with corners.
struct PenStroke: Sendable {
    /// The points of each pose, `(x, y)` from the left and from the top; the height of a digit is about 1.
    let poses: [[SIMD2<Float>]]
    /// The points at which the pen turns sharply, rising; neither the first nor the last.
    let corners: [Int]

    /// Reads poses such as `"5,8 40,5 75,3| 55,40 40,100"`: points `x,y` in hundredths, those with a bar are corners.
    /// - Precondition: All poses have the same number of points, at least two, and the same corners.
    init(_ poses: String...) {
        let read = poses.map(Self.read)
        precondition(
            read.allSatisfy { $0.points.count == read[0].points.count && $0.corners == read[0].corners }
                && read[0].points.count > 1,
            "The poses \(poses) differ in their points or corners, or have fewer than two points.")
        self.poses = read.map(\.points)
        corners = read[0].corners
    }

    private static func read(_ text: String) -> (points: [SIMD2<Float>], corners: [Int]) {
        let words = text.split(separator: " ")
        let points = words.map { word in
            let numbers = word.split { $0 == "," || $0 == "|" }.compactMap { Float($0) }
            precondition(numbers.count == 2, "'\(word)' in '\(text)' is no point 'x,y'.")
            return SIMD2(numbers[0], numbers[1]) / 100
        }
        return (points, words.indices.filter { words[$0].hasSuffix("|") })
    }
}
