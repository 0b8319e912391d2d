internal import Compute

/// A fine printed pattern as on cheques: two families of wavy lines, or rings.
struct Guilloche {
    private let color: SIMD3<Float>
    private let opacity: Float
    private let families: [Family]

    /// Wavy lines at the same distance from each other.
    struct Family {
        /// What is the same along a line: a direction, or the distance from a place.
        let across: SIMD2<Float>
        let middle: SIMD2<Float>?
        /// Between two lines, in pixels.
        let period: Float
        let width: Float
        /// Two waves: how far they move a line, in pixels, and how often they come for a pixel along it.
        let heights: SIMD2<Float>
        let frequencies: SIMD2<Float>
        let phases: SIMD2<Float>
    }

    /// A pattern for an image of a size.
    init(size: SIMD2<Float>, random: inout CounterBasedRandom) {
        let tints: [SIMD3<Float>] = [
            SIMD3(0.45, 0.66, 0.85), SIMD3(0.55, 0.8, 0.6), SIMD3(0.9, 0.6, 0.55), SIMD3(0.8, 0.72, 0.45),
            SIMD3(0.7, 0.6, 0.8), SIMD3(0.55, 0.55, 0.55),
        ]
        color = tints[random.nextIndex(tints.count)]
        opacity = random.next(0.1...0.5)
        families = (0..<1 + random.nextIndex(3)).map { _ in
            let period = random.nextProportional(3...14)
            let angle = Handwriting.rotation(halfTangent: 0.3 * random.nextNearlyNormal())
            return Family(
                across: random.nextChance(0.3) ? SIMD2(angle.x, -angle.y) : SIMD2(angle.y, angle.x),
                middle: random.nextChance(0.25)
                    ? size * SIMD2(random.nextUniform(), random.nextUniform()) : nil,
                period: period, width: period * random.next(0.12...0.4),
                heights: period * SIMD2(random.next(0...4), random.next(0...1.5)),
                frequencies: SIMD2(
                    1 / random.nextProportional(20...200), 1 / random.nextProportional(8...60)),
                phases: SIMD2(random.nextUniform(), random.nextUniform()))
        }
    }

    /// Prints it.
    func print(on canvas: inout Canvas) {
        let color = canvas.channels(of: color)
        for row in 0..<canvas.height {
            for column in 0..<canvas.width {
                let place = SIMD2(Float(column), Float(row))
                var ink: Float = 0
                for family in families { ink = max(ink, family.ink(at: place)) }
                guard ink > 0 else { continue }
                let pixel = row * canvas.width + column
                for plane in canvas.planes.indices {
                    canvas.planes[plane][pixel] *= 1 - opacity * ink * (1 - color[plane])
                }
            }
        }
    }
}

extension Guilloche.Family {
    /// How much of a pixel is printed.
    fileprivate func ink(at place: SIMD2<Float>) -> Float {
        var position: Float
        var along: Float
        if let middle {
            let way = place - middle
            position = (way.x * way.x + way.y * way.y).squareRoot()
            along = way.x - 0.5 * way.y
        } else {
            position = place.x * across.x + place.y * across.y
            along = place.x * across.y - place.y * across.x
        }
        let waves = along * frequencies + phases
        position += heights.x * wave(waves.x) + heights.y * wave(waves.y)
        let turns = position / period
        let distance = abs(turns - turns.rounded(.down) - 0.5) * period
        return min(max(width / 2 - distance + 0.5, 0), min(width, 1))
    }
}

/// A wave like the sine of an angle in turns, of parabolas.
private func wave(_ turns: Float) -> Float {
    let part = 2 * (turns - turns.rounded(.down)) - 1
    return -4 * part * (1 - abs(part))
}
