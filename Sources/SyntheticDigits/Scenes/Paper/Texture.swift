internal import Compute

/// Random numbers of mean 0 and deviation about 1 for each pixel, from one pixel to the next or changing slowly.
struct Texture {
    /// `[height][width]` each: independent pixels, and changes over about three and twenty pixels.
    let fine: [Float]
    let coarse: [Float]
    let slow: [Float]

    init(height: Int, width: Int, random: inout CounterBasedRandom) {
        fine = [Float](unsafeUninitializedCapacity: height * width) { numbers, count in
            let all = UnsafeMutableBufferPointer(rebasing: numbers[..<(height * width)])
            random.fillNormal(all, deviation: 1)
            count = height * width
        }
        coarse = Self.smooth(height: height, width: width, cell: 3, random: &random)
        slow = Self.smooth(height: height, width: width, cell: 20, random: &random)
    }

    /// Numbers that change over about `cell` pixels: a quadratic B-spline over random knots.
    /// - Returns: `[height][width]`, of mean 0 and deviation about 1.
    static func smooth(height: Int, width: Int, cell: Float, random: inout CounterBasedRandom) -> [Float] {
        let columns = weights(width, cell: cell)
        let rows = weights(height, cell: cell)
        let knots = columns.knots
        // The spline's weights leave about 0.55 of the knots' deviation.
        var values = [Float](repeating: 0, count: knots * rows.knots)
        values.withUnsafeMutableBufferPointer { random.fillNormal($0, deviation: 1.8) }
        var result = [Float](repeating: 0, count: height * width)
        var lines = [Float](repeating: 0, count: rows.knots * width)
        lines.withUnsafeMutableBufferPointer { lines in
            for knot in 0..<rows.knots {
                for column in 0..<width {
                    let start = knot * knots + columns.first[column]
                    let weights = columns.weights[column]
                    lines[knot * width + column] =
                        weights.x * values[start] + weights.y * values[start + 1] + weights.z
                        * values[start + 2]
                }
            }
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<height {
                    let start = rows.first[row] * width
                    let weights = rows.weights[row]
                    for column in 0..<width {
                        let index = start + column
                        result[row * width + column] =
                            weights.x * lines[index] + weights.y * lines[index + width]
                            + weights.z * lines[index + 2 * width]
                    }
                }
            }
        }
        return result
    }

    /// For each pixel of a side the first of its three knots and their weights.
    private static func weights(
        _ count: Int, cell: Float
    ) -> (knots: Int, first: [Int], weights: [SIMD3<Float>]) {
        let cells = Int(Float(count) / cell) + 1
        let all = (0..<count).map { QuadraticSpline.weights(at: Float($0) / cell, cells: cells) }
        return (cells + 2, all.map(\.first), all.map(\.weights))
    }
}
