internal import Compute

/// What is written on, before the writing: its colour, grain, pattern, and where it ends.
struct Paper {
    var color: SIMD3<Float>
    /// How much brightness changes from pixel to pixel, over a few pixels and over many: deviations.
    var fineGrain: Float = 0
    var coarseGrain: Float = 0
    var clouds: Float = 0
    /// How many specks of dirt there are on a square of 100 pixels a side.
    var specks: Float = 0
    var guilloches: [Guilloche] = []
    /// Where paper ends and a table begins.
    var edges: [Edge] = []

    /// A straight edge of the paper in the image.
    struct Edge {
        /// Away from the paper, of length 1.
        let normal: SIMD2<Float>
        /// The distance of the edge from the image's first pixel, along the normal.
        let distance: Float
        let table: SIMD3<Float>
        /// How much of the light the paper's shadow takes beside it.
        let shadow: Float
    }
}

extension Paper {
    /// Paper at random, from white to dark cream.
    static func any(random: inout CounterBasedRandom) -> Paper {
        let white = random.next(0.82...1)
        var color = SIMD3<Float>(repeating: white)
        switch random.nextChoice([5, 3, 1.2, 0.8, 0.8]) {
        case 0: break
        // Cream; old paper or board; newspaper; coloured forms.
        case 1: color = SIMD3(0.96, 0.93, 0.85) * white
        case 2: color = SIMD3(0.82, 0.72, 0.55) * white
        case 3: color = SIMD3(0.78, 0.77, 0.72) * white
        default:
            let tints: [SIMD3<Float>] = [
                SIMD3(0.8, 0.92, 0.98), SIMD3(0.84, 0.95, 0.82), SIMD3(0.98, 0.85, 0.85),
                SIMD3(0.97, 0.94, 0.62),
            ]
            color = tints[random.nextIndex(tints.count)] * white
        }
        return Paper(
            color: color, fineGrain: random.next(0...0.02), coarseGrain: random.next(0...0.015),
            clouds: random.next(0...0.02), specks: random.nextChance(0.25) ? random.next(0...3) : 0)
    }

    /// A blackboard, slate or dark board.
    static func dark(random: inout CounterBasedRandom) -> Paper {
        let colors: [SIMD3<Float>] = [
            SIMD3(0.13, 0.22, 0.18), SIMD3(0.1, 0.1, 0.11), SIMD3(0.16, 0.18, 0.22), SIMD3(0.2, 0.16, 0.13),
        ]
        return Paper(
            color: colors[random.nextChoice([3, 3, 1, 0.6])] * random.next(0.7...1.5),
            fineGrain: random.next(0...0.06),
            coarseGrain: random.next(0...0.08), clouds: random.next(0.01...0.08), specks: random.next(0...3))
    }

    /// A screen without any flaw.
    static func screen(_ light: Float) -> Paper { Paper(color: SIMD3(repeating: light)) }

    /// Colours a canvas.
    func lay(on canvas: inout Canvas, random: inout CounterBasedRandom) {
        let texture = canvas.texture
        for (plane, color) in canvas.channels(of: color).enumerated() {
            canvas.planes[plane].withUnsafeMutableBufferPointer { light in
                for pixel in light.indices {
                    let grain = fineGrain * texture.fine[pixel] + coarseGrain * texture.coarse[pixel]
                    light[pixel] = color * (1 + grain + clouds * texture.slow[pixel])
                }
            }
        }
        for guilloche in guilloches { guilloche.print(on: &canvas) }
        for edge in edges { edge.lay(on: &canvas) }
        soil(&canvas, random: &random)
    }

    /// Specks, most of them small.
    private func soil(_ canvas: inout Canvas, random: inout CounterBasedRandom) {
        let count = Int(specks * Float(canvas.height * canvas.width) / 10_000 + random.nextUniform())
        for _ in 0..<min(count, 200) where specks > 0 {
            let place =
                SIMD2(Float(canvas.width), Float(canvas.height))
                * SIMD2(random.nextUniform(), random.nextUniform())
            let radius = random.nextProportional(0.3...1.6)
            let end = place + radius * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
            let ink = Ink(
                color: SIMD3(repeating: random.next(0.1...0.7)), opacity: random.next(0.2...0.9), edge: 1.4)
            let speck = Furniture(ink: ink, halfWidth: radius).lines([(place, end)])
            canvas.draw(speck, seen: View())
        }
    }
}

extension Paper.Edge {
    /// Puts the table where the paper has ended, with the paper's shadow on it.
    fileprivate func lay(on canvas: inout Canvas) {
        let texture = canvas.texture
        for (plane, color) in canvas.channels(of: table).enumerated() {
            for row in 0..<canvas.height {
                for column in 0..<canvas.width {
                    let beyond = Float(column) * normal.x + Float(row) * normal.y - distance
                    guard beyond > -0.5 else { continue }
                    let pixel = row * canvas.width + column
                    let shade = 1 - shadow / (1 + max(beyond, 0) / 5)
                    let ground =
                        color * shade * (1 + 0.06 * texture.slow[pixel] + 0.02 * texture.coarse[pixel])
                    let share = min(beyond + 0.5, 1)
                    canvas.planes[plane][pixel] += share * (ground - canvas.planes[plane][pixel])
                }
            }
        }
    }
}
