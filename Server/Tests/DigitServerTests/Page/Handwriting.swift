/// Digits as somebody draws them: the pen's points, in 100ths of a digit's height. They are not those of the page's examples.
enum Handwriting {
    /// The strokes of each digit, 0 to 9.
    static let digits: [[[[Double]]]] = [
        [
            [
                [52, 0], [22, 4], [0, 30], [0, 70], [22, 97], [56, 100], [84, 74], [86, 32], [70, 6],
                [48, 1],
            ]
        ],
        [[[42, 0], [41, 25], [40, 50], [38, 75], [36, 100]]],
        [[[4, 10], [28, 3], [58, 2], [74, 16], [62, 42], [34, 70], [4, 96], [46, 97], [96, 98]]],
        [
            [
                [4, 14], [32, 0], [66, 6], [66, 30], [36, 46], [72, 52], [86, 76], [56, 100], [26, 102],
                [2, 96],
            ]
        ],
        [
            [[4, 2], [6, 28], [6, 50], [44, 54], [96, 52]],
            [[78, 0], [76, 25], [74, 50], [73, 75], [72, 100]],
        ],
        [
            [[16, 4], [14, 22], [12, 42], [46, 34], [76, 56], [70, 88], [36, 100], [0, 86]],
            [[16, 4], [50, 2], [88, 4]],
        ],
        [[[52, 0], [28, 18], [8, 52], [10, 84], [38, 100], [70, 84], [74, 64], [50, 52], [14, 68]]],
        [[[6, 2], [38, 4], [72, 8], [65, 28], [58, 46], [52, 75], [48, 100]]],
        [
            [
                [70, 10], [42, 0], [14, 14], [24, 38], [52, 54], [72, 78], [46, 100], [12, 86], [18, 66],
                [46, 48], [68, 26], [66, 8],
            ]
        ],
        [
            [
                [62, 10], [36, 2], [8, 20], [12, 42], [38, 46], [60, 32], [68, 6], [68, 30], [67, 65],
                [66, 100],
            ]
        ],
    ]

    /// A digit on the paper.
    /// - Parameters:
    ///   - left: Where it begins, in units of the paper; so is `top`.
    ///   - height: Its height, in the same units.
    static func strokes(of digit: Int, left: Double, top: Double, height: Double) -> [[[Double]]] {
        digits[digit].map { stroke in
            stroke.map { [left + $0[0] * height / 100, top + $0[1] * height / 100] }
        }
    }

    /// The points of a star of straight lines on the paper.
    static let star: [[Double]] = {
        let corners: [[Double]] = [
            [400, 80], [560, 480], [200, 220], [600, 220], [240, 480], [400, 80],
        ]
        var points: [[Double]] = []
        for (start, end) in zip(corners, corners.dropFirst()) {
            for step in 0...12 {
                let share = Double(step) / 12
                let x: Double = start[0] + (end[0] - start[0]) * share
                let y: Double = start[1] + (end[1] - start[1]) * share
                points.append([x, y])
            }
        }
        return points
    }()
}
