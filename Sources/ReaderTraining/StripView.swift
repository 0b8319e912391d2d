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
    /// How columns move to the side along the strip: some digits get broader, others narrower.
    private var stretching = Wave()
    /// How columns move up and down, and rows to the side: strokes bend.
    private var rising = Wave()
    private var bending = Wave()
    /// The exponent of the ink, and what its strength is multiplied with.
    private var exponent: Float = 1
    private var strength: Float = 1

    /// - Parameters:
    ///   - random: What is drawn from; nil for the strip from its beginning on.
    ///   - isDistorted: Whether the strip is distorted, or only moved.
    init(_ strip: TrainingStrip, random: CounterBasedRandom?, isDistorted: Bool = false) {
        let half = Float(StripSource.width) / 2
        column = half
        guard var random else { return }
        guard isDistorted else {
            // Of a wide strip another part each time, its end among them.
            column += max(0, Float(strip.width) - 2 * half) * random.nextUniform()
            return
        }
        func spread(_ range: Float) -> Float { (2 * random.nextUniform() - 1) * range }
        let size = 1 + spread(0.16)
        columnStep = size * (1 + spread(0.12))
        rowStep = size
        // Who writes in haste leans far.
        slant = spread(random.nextUniform() < 0.2 ? 0.55 : 0.22)
        tilt = spread(0.03)
        row += spread(2.5)
        // A wide strip is seen in part, a narrow one anywhere in the input.
        let room = Float(strip.width) - 2 * half * columnStep
        column = half * columnStep + room * random.nextUniform()
        // A column of the input is 0.7 to 1.3 of the strip's.
        stretching = Wave(lengths: 40...160, steepness: 0.3 * random.nextUniform(), random: &random)
        rising = Wave(lengths: 24...100, steepness: 0.2 * random.nextUniform(), random: &random)
        bending = Wave(lengths: 20...60, steepness: 0.3 * random.nextUniform(), random: &random)
        exponent = 1 + spread(0.35)
        strength = 1 - 0.25 * random.nextUniform() * random.nextUniform()
    }

    func write(_ strip: TrainingStrip, into destination: inout MutableSpan<Float>) {
        let (height, width) = (LineStrip.height, StripSource.width)
        let columns = (0..<width).map { index in
            let u = Float(index) + 0.5 - Float(width) / 2
            return (place: column + columnStep * (u + stretching(u)), rise: rise(u))
        }
        let tones = (0...255).map { strength * Float(Double.pow(Double($0) / 255, Double(exponent))) }
        strip.ink.withUnsafeBufferPointer { ink in
            destination.withUnsafeMutableBufferPointer { destination in
                for y in 0..<height {
                    let v = Float(y) + 0.5 - Float(height) / 2
                    let aside = aside(v)
                    for x in 0..<width {
                        let sourceRow = row + rowStep * v + columns[x].rise - 0.5
                        let sourceColumn = columns[x].place + aside - 0.5
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

    /// How many rows of the strip a column lies lower.
    private func rise(_ u: Float) -> Float { tilt * u + rising(u) }

    /// How many columns of the strip a row lies further to the right.
    private func aside(_ v: Float) -> Float { slant * v + bending(v) - bending(0) }

    /// The column of the input at which the middle of a digit is seen, counted from the input's middle.
    private func place(of digit: TrainingStrip.Digit) -> Float {
        // What is left out of a guess changes by less than two thirds of it: each is nearer.
        (0..<16).reduce((digit.column - column) / columnStep) { guess, _ in
            let v = (Float(LineStrip.height) / 2 - row - rise(guess)) / rowStep
            return (digit.column - column - aside(v)) / columnStep - stretching(guess)
        }
    }

    /// The class of each column of the answer.
    func writeTarget(of strip: TrainingStrip, into destination: inout MutableSpan<Float>) {
        let columns = StripSource.width / NumberDecoder.columnWidth
        destination.update(repeating: 0)
        var classes = [Int](repeating: NumberDecoder.blank, count: columns)
        // A digit's middle, in columns of the answer.
        let middles = strip.digits.map { digit in
            (place(of: digit) + Float(StripSource.width) / 2) / Float(NumberDecoder.columnWidth)
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

/// Moves to one side and the other, as a sine does.
private struct Wave {
    private var height: Float = 0
    private var length: Float = 1
    private var start: Float = 0

    /// None.
    init() {}

    /// - Parameter steepness: By how much it moves further with a step, at most.
    init(lengths: ClosedRange<Float>, steepness: Float, random: inout CounterBasedRandom) {
        length = lengths.lowerBound + (lengths.upperBound - lengths.lowerBound) * random.nextUniform()
        height = steepness * length / (2 * .pi)
        start = length * random.nextUniform()
    }

    func callAsFunction(_ place: Float) -> Float {
        height == 0 ? 0 : height * Float.sin(2 * .pi * (place + start) / length)
    }
}
