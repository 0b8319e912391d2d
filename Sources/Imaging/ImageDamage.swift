import Compute

/// What happens to an image on its way from a pen to a network: dirt, bad light, bad lenses, bad copies. One kind for each image, in
/// amounts from hardly to see to hardly to read.
///
/// Kinds are akin to those of MNIST-C (`CommonCorruption`), which have fixed amounts and are held to the published ones.
struct ImageDamage {
    private enum Kind: CaseIterable {
        case specks, grain, blur, streak, haze, clouds, bands, line, frost, blots, outlines

        /// How often it comes, in relation to the others. An outlined one looks like a narrow eight or zero.
        var share: Float { self == .outlines ? 0.4 : 1 }
    }
    private let kind: Kind
    /// What the kind's amounts are drawn from.
    private let random: CounterBasedRandom

    /// What happens to one image in one epoch; nil where nothing does.
    init?(_ share: Float, seed: UInt64, sample: Int, epoch: Int) {
        guard share > 0 else { return nil }
        var random = CounterBasedRandom(seed: seed, purpose: .damage, epoch, sample)
        guard random.nextChance(share) else { return nil }
        kind = Kind.allCases[random.nextChoice(Kind.allCases.map(\.share))]
        self.random = random
    }

    /// The damaged image; the same damage each time.
    /// - Parameter light: `[height][width]`, `0…1`.
    /// - Returns: The same shape and range.
    func applied(to light: [Float], height: Int, width: Int) -> [Float] {
        var picture = DamagedPicture(height: height, width: width, values: light)
        var random = random
        switch kind {
        case .specks: picture.addSpecks(share: random.next(0.02...0.25), &random)
        case .grain: picture.addGrain(deviation: random.next(0.05...0.4), &random)
        case .blur: picture.blur(passes: 1 + random.nextIndex(4))
        case .streak: picture.streak(&random)
        case .haze:
            let (floor, contrast) = (random.next(0.1...0.7), random.next(0.4...1))
            picture.change { floor + contrast * $0 }
        case .clouds: picture.addClouds(strength: random.next(0.3...3.5), &random)
        case .bands: picture.invertBands(&random)
        case .line: picture.drawLine(&random)
        case .outlines: picture.takeOutlines(threshold: random.next(0.15...0.4))
        case .frost:
            picture.blur(passes: 1)
            for _ in 0..<1 + random.nextIndex(2) { picture.shuffle(&random) }
            picture.blur(passes: random.nextIndex(2))
        case .blots: picture.addBlots(&random)
        }
        return picture.values.map { min(1, max(0, $0)) }
    }
}

/// An image to which something is done.
private struct DamagedPicture {
    let height: Int
    let width: Int
    /// `[height][width]`
    var values: [Float]

    mutating func change(_ change: (Float) -> Float) { values = values.map(change) }

    /// The value at a place, that of the nearest pixel beyond the edges.
    func value(_ row: Int, _ column: Int) -> Float {
        values[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)]
    }

    /// What each pixel becomes.
    mutating func replace(_ value: (_ row: Int, _ column: Int) -> Float) {
        var result = values
        for row in 0..<height {
            for column in 0..<width { result[row * width + column] = value(row, column) }
        }
        values = result
    }

    /// The longer side, for lengths that were thought of for 28 pixels.
    private var side: Float { Float(max(height, width)) }
    private var unit: Float { side / 28 }

    private func place(_ random: inout CounterBasedRandom) -> SIMD2<Float> {
        SIMD2(random.next(0...Float(width)), random.next(0...Float(height)))
    }

    /// A unit vector.
    private static func direction(_ random: inout CounterBasedRandom) -> SIMD2<Float> {
        let tangent = random.next(-1...1)
        let square = tangent * tangent
        return (random.nextChance(0.5) ? 1 : -1) * SIMD2(1 - square, 2 * tangent) / (1 + square)
    }
}

// MARK: - Noise

extension DamagedPicture {
    /// Pixels that are all white or all black.
    mutating func addSpecks(share: Float, _ random: inout CounterBasedRandom) {
        for index in values.indices where random.nextChance(share) {
            values[index] = random.nextChance(0.5) ? 1 : 0
        }
    }

    /// Noise that is the same everywhere, or more where there is more light.
    mutating func addGrain(deviation: Float, _ random: inout CounterBasedRandom) {
        let followsLight = random.nextChance(0.5)
        for index in values.indices {
            let share = followsLight ? 1.5 * values[index].squareRoot() : 1
            values[index] += deviation * share * random.nextNearlyNormal()
        }
    }

    /// Each pixel changes its place with a neighbour, as through frosted glass.
    mutating func shuffle(_ random: inout CounterBasedRandom) {
        for row in 0..<height {
            for column in 0..<width {
                let other = (
                    min(max(row + random.nextIndex(3) - 1, 0), height - 1),
                    min(max(column + random.nextIndex(3) - 1, 0), width - 1)
                )
                values.swapAt(row * width + column, other.0 * width + other.1)
            }
        }
    }
}

// MARK: - Lenses and light

extension DamagedPicture {
    /// Means over 3×3 pixels, the middle counting most.
    mutating func blur(passes: Int) {
        for _ in 0..<passes {
            let before = self
            replace { (before.value($0, $1 - 1) + 2 * before.value($0, $1) + before.value($0, $1 + 1)) / 4 }
            let across = self
            replace { (across.value($0 - 1, $1) + 2 * across.value($0, $1) + across.value($0 + 1, $1)) / 4 }
        }
    }

    /// The camera moves while it looks.
    mutating func streak(_ random: inout CounterBasedRandom) {
        let before = self
        let way = Self.direction(&random)
        let count = max(1, Int(random.next(3...14) * unit))
        let isFading = random.nextChance(0.5)
        replace { row, column in
            var (sum, weights) = (Float(0), Float(0))
            for step in 0..<count {
                let weight = isFading ? 1 - Float(step) / Float(count) : 1
                let place = SIMD2(Float(column), Float(row)) + Float(step) * way
                sum += weight * before.value(Int(place.y.rounded()), Int(place.x.rounded()))
                weights += weight
            }
            return sum / weights
        }
    }

    /// Light that changes from place to place, of large and of small clouds; no place gets brighter than the brightest was.
    mutating func addClouds(strength: Float, _ random: inout CounterBasedRandom) {
        let brightest = max(values.max() ?? 0, 0.1)
        var (cells, share, total) = (2, Float(1), Float(0))
        var clouds = [Float](repeating: 0, count: values.count)
        let fading = random.next(0.35...0.75)
        for _ in 0..<4 {
            add(
                share, of: (0..<(cells + 1) * (cells + 1)).map { _ in random.nextUniform() }, cells,
                to: &clouds)
            total += share
            share *= fading
            cells *= 2
        }
        for index in values.indices {
            values[index] =
                (values[index] + strength * clouds[index] / total) * brightest / (brightest + strength)
        }
    }

    /// Adds values at the knots of a grid and, between them, what leads evenly from one to the other.
    private func add(_ share: Float, of knots: [Float], _ cells: Int, to clouds: inout [Float]) {
        for row in 0..<height {
            let y = Float(row) / Float(height) * Float(cells)
            let (top, down) = (Int(y), y - Float(Int(y)))
            for column in 0..<width {
                let x = Float(column) / Float(width) * Float(cells)
                let (left, right) = (Int(x), x - Float(Int(x)))
                func knot(_ row: Int, _ column: Int) -> Float { knots[row * (cells + 1) + column] }
                let above = knot(top, left) * (1 - right) + knot(top, left + 1) * right
                let below = knot(top + 1, left) * (1 - right) + knot(top + 1, left + 1) * right
                clouds[row * width + column] += share * (above * (1 - down) + below * down)
            }
        }
    }
}

// MARK: - Copies and dirt

extension DamagedPicture {
    /// A band or two from edge to edge are black where they were white.
    mutating func invertBands(_ random: inout CounterBasedRandom) {
        let isUpright = random.nextChance(0.6)
        let length = isUpright ? width : height
        var isInverted = [Bool](repeating: false, count: length)
        for _ in 0..<1 + random.nextIndex(2) {
            let breadth = max(1, Int(random.next(3...9) * unit))
            let start = random.nextIndex(length + breadth - 1) - breadth + 1
            for place in max(0, start)..<min(length, start + breadth) { isInverted[place] = true }
        }
        let before = self
        replace { row, column in
            let value = before.value(row, column)
            return isInverted[isUpright ? column : row] ? 1 - value : value
        }
    }

    /// A line across: dotted, straight or in a zigzag.
    mutating func drawLine(_ random: inout CounterBasedRandom) {
        let way = Self.direction(&random)
        let across = SIMD2(-way.y, way.x)
        let middle = SIMD2(Float(width), Float(height)) / 2 + across * random.next(-8...8) * unit
        let (form, tooth) = (random.nextIndex(3), random.next(1...3) * unit)
        var points: [SIMD2<Float>] = []
        for step in Int(-side)...Int(side) {
            let along = Float(step) * 0.7
            // From one side to the other and back in four teeth's length.
            let phase = along / (4 * tooth) - (along / (4 * tooth)).rounded(.down)
            if form == 0, phase > 0.5 { continue }
            let aside = form == 1 ? tooth * (4 * abs(phase - 0.5) - 1) : 0
            points.append(middle + along * way + aside * across)
        }
        addDots(points, radius: random.next(0.5...1.2) * unit, light: random.next(0.5...1))
    }

    /// Drops, bright or dark.
    mutating func addBlots(_ random: inout CounterBasedRandom) {
        for _ in 0..<3 + random.nextIndex(20) {
            let light = random.nextChance(0.8) ? random.next(0.2...1) : 0
            addDots([place(&random)], radius: random.next(0.6...2.2) * unit, light: light)
        }
    }

    /// Puts discs over the picture; black ones take light away.
    private mutating func addDots(_ points: [SIMD2<Float>], radius: Float, light: Float) {
        let before = self
        replace { row, column in
            let place = SIMD2(Float(column), Float(row)) + 0.5
            var nearest = Float.infinity
            for point in points {
                let way = place - point
                nearest = min(nearest, way.x * way.x + way.y * way.y)
            }
            let share = min(max(radius + 0.5 - nearest.squareRoot(), 0), 1)
            let value = before.value(row, column)
            return light > 0 ? max(value, share * light) : value * (1 - share)
        }
    }

    /// Nothing but the edges of what there was.
    mutating func takeOutlines(threshold: Float) {
        blur(passes: 1)
        let before = self
        replace { row, column in
            let right = before.value(row, column + 1) - before.value(row, column - 1)
            let down = before.value(row + 1, column) - before.value(row - 1, column)
            return (right * right + down * down).squareRoot() > threshold ? 1 : 0
        }
    }
}
