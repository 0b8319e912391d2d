import PictureReading

/// The edges of an image, one pixel wide.
///
/// J. Canny, "A Computational Approach to Edge Detection", 1986, doi:10.1109/TPAMI.1986.4767851.
enum CannyEdges {
    /// Where the gradient's magnitude, by Sobel's operators, is below this, there is no edge.
    private static let weak: Float = 0.1
    /// An edge has at least one place with this magnitude.
    private static let strong: Float = 0.2

    /// The edges of ink, as full ink.
    static func found(in ink: Plane) -> Plane {
        // Beyond the edge there is nothing: the mean is of the pixels that are there.
        let share = Plane(height: ink.height, width: ink.width, filledWith: 1).blurred(
            deviation: 1, beyondEdge: .zero)
        let smooth = ink.blurred(deviation: 1, beyondEdge: .zero).zip(share) { $0 / $1 }
        let gradient = Gradient(of: smooth)
        let crest = gradient.crest(above: weak)
        return grown(from: crest.map { $0 >= strong ? 1 : 0 }, over: crest)
    }

    /// The connected places of `crest` that hold one of `seeds`.
    private static func grown(from seeds: Plane, over crest: Plane) -> Plane {
        var result = seeds
        var open = seeds.values.indices.filter { seeds.values[$0] > 0 }
        while let place = open.popLast() {
            let (row, column) = (place / crest.width, place % crest.width)
            for nextRow in max(0, row - 1)...min(crest.height - 1, row + 1) {
                for nextColumn in max(0, column - 1)...min(crest.width - 1, column + 1)
                where crest[nextRow, nextColumn] > 0 && result[nextRow, nextColumn] == 0 {
                    result[nextRow, nextColumn] = 1
                    open.append(nextRow * crest.width + nextColumn)
                }
            }
        }
        return result
    }
}

/// How steeply a plane rises, downwards and to the right, by Sobel's operators.
private struct Gradient {
    let down: Plane
    let right: Plane
    let magnitude: Plane

    init(of plane: Plane) {
        func value(_ row: Int, _ column: Int) -> Float {
            plane[min(max(row, 0), plane.height - 1), min(max(column, 0), plane.width - 1)]
        }
        func derived(_ change: (_ row: Int, _ column: Int) -> Float) -> Plane {
            Plane(
                height: plane.height, width: plane.width,
                values: (0..<plane.height * plane.width).map { change($0 / plane.width, $0 % plane.width) })
        }
        down = derived { row, column in
            (value(row + 1, column - 1) - value(row - 1, column - 1))
                + 2 * (value(row + 1, column) - value(row - 1, column))
                + (value(row + 1, column + 1) - value(row - 1, column + 1))
        }
        right = derived { row, column in
            (value(row - 1, column + 1) - value(row - 1, column - 1))
                + 2 * (value(row, column + 1) - value(row, column - 1))
                + (value(row + 1, column + 1) - value(row + 1, column - 1))
        }
        magnitude = down.zip(right) { ($0 * $0 + $1 * $1).squareRoot() }
    }

    /// The magnitudes where none is larger one step up or down the slope, and 0 elsewhere and in the outermost pixels.
    func crest(above threshold: Float) -> Plane {
        var result = Plane(height: magnitude.height, width: magnitude.width)
        for row in 1..<magnitude.height - 1 {
            for column in 1..<magnitude.width - 1 where magnitude[row, column] >= threshold {
                let isCrest = [1, -1].allSatisfy {
                    neighbour(row, column, direction: $0) <= magnitude[row, column]
                }
                if isCrest { result[row, column] = magnitude[row, column] }
            }
        }
        return result
    }

    /// The magnitude where the gradient's line leaves the eight pixels around, between two of them.
    private func neighbour(_ row: Int, _ column: Int, direction: Int) -> Float {
        let (down, right) = (down[row, column], right[row, column])
        let rowStep = (down < 0 ? -1 : 1) * direction
        let columnStep = (right < 0 ? -1 : 1) * direction
        let corner = magnitude[row + rowStep, column + columnStep]
        if abs(down) >= abs(right) {
            let share = abs(right) / abs(down)
            return corner * share + magnitude[row + rowStep, column] * (1 - share)
        }
        let share = abs(down) / abs(right)
        return corner * share + magnitude[row, column + columnStep] * (1 - share)
    }
}
