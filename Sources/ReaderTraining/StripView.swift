import Compute
import PictureReading

/// How an input shows a strip: where, how large, slanted and tilted, how dark.
struct StripView {
    /// Columns of the strip for one of the input; rows likewise.
    private var columnStep: Float = 1
    private var rowStep: Float = 1
    /// How many columns the strip moves with each row, and rows with each column.
    private var slant: Float = 0
    private var tilt: Float = 0
    /// The strip's point in the middle of the input.
    private var row = Float(LineStrip.height) / 2
    private var column: Float
    /// The exponent of the ink, and what its strength is multiplied with.
    private var exponent: Float = 1
    private var strength: Float = 1

    /// - Parameter random: What distortions are drawn from; nil for the strip as it is, from its beginning on.
    init(_ strip: TrainingStrip, random: CounterBasedRandom?) {
        let half = Float(StripSource.width) / 2
        column = half
        guard var random else { return }
        func spread(_ range: Float) -> Float { (2 * random.nextUniform() - 1) * range }
        let size = 1 + spread(0.16)
        columnStep = size * (1 + spread(0.12))
        rowStep = size
        slant = spread(0.22)
        tilt = spread(0.03)
        row += spread(2.5)
        // A wide strip is seen in part, a narrow one anywhere in the input.
        let room = Float(strip.width) - 2 * half * columnStep
        column = half * columnStep + room * random.nextUniform()
        exponent = 1 + spread(0.35)
        strength = 1 - 0.25 * random.nextUniform() * random.nextUniform()
    }

    func write(_ strip: TrainingStrip, into destination: inout MutableSpan<Float>) {
        let (height, width) = (LineStrip.height, StripSource.width)
        let tones = (0...255).map { strength * Float(Double.pow(Double($0) / 255, Double(exponent))) }
        strip.ink.withUnsafeBufferPointer { ink in
            destination.withUnsafeMutableBufferPointer { destination in
                for y in 0..<height {
                    let v = Float(y) + 0.5 - Float(height) / 2
                    for x in 0..<width {
                        let u = Float(x) + 0.5 - Float(width) / 2
                        let sourceRow = row + rowStep * v + tilt * u - 0.5
                        let sourceColumn = column + columnStep * u + slant * v - 0.5
                        destination[y * width + x] = Self.sample(
                            ink, tones, width: strip.width, row: sourceRow, column: sourceColumn)
                    }
                }
            }
        }
    }

    /// Between pixels' middles, in straight lines; nothing beyond the edge.
    private static func sample(
        _ ink: UnsafeBufferPointer<UInt8>, _ tones: [Float], width: Int, row: Float, column: Float
    ) -> Float {
        guard row > -1, column > -1, row < Float(LineStrip.height), column < Float(width) else { return 0 }
        let (top, left) = (Int(row.rounded(.down)), Int(column.rounded(.down)))
        let (v, u) = (row - Float(top), column - Float(left))
        func tone(_ row: Int, _ column: Int) -> Float {
            row >= 0 && column >= 0 && row < LineStrip.height && column < width
                ? tones[Int(ink[row * width + column])] : 0
        }
        return (tone(top, left) * (1 - u) + tone(top, left + 1) * u) * (1 - v)
            + (tone(top + 1, left) * (1 - u) + tone(top + 1, left + 1) * u) * v
    }

    /// The class of each column of the answer.
    func writeTarget(of strip: TrainingStrip, into destination: inout MutableSpan<Float>) {
        let columns = StripSource.width / NumberDecoder.columnWidth
        destination.update(repeating: 0)
        var classes = [Int](repeating: NumberDecoder.blank, count: columns)
        // A digit's middle, in columns of the answer.
        let middles = strip.digits.map { digit in
            let middleRow = Float(LineStrip.height) / 2 - row
            let x = (digit.column - column - slant * middleRow / rowStep) / columnStep
            return (x + Float(StripSource.width) / 2) / Float(NumberDecoder.columnWidth)
        }
        for (index, middle) in middles.enumerated() {
            let nearest = zip(middles.indices, middles).lazy.filter { $0.0 != index }
                .map { abs($0.1 - middle) }.min()
            let reach = (nearest ?? .infinity) < 4 ? 0 : 1
            let place = Int(middle.rounded(.down))
            for column in place - reach...place + reach where classes.indices.contains(column) {
                classes[column] = strip.digits[index].value
            }
        }
        for (column, label) in classes.enumerated() {
            destination[column * NumberDecoder.classCount + label] = 1
        }
    }
}
