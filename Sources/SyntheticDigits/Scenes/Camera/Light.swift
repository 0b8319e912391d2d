internal import Compute

/// How a scene is lit: gradients, shadows, folds of the paper.
struct Light {
    /// The change of brightness from one side of the image to the other, to the right and down.
    var gradient = SIMD2<Float>.zero
    /// Slow changes of brightness: a deviation.
    var unevenness: Float = 0
    /// The colour of the light.
    var tint = SIMD3<Float>(repeating: 1)
    var shadows: [Shadow] = []
    var folds: [Fold] = []

    /// What is dark on one side of a line, or of two.
    struct Shadow {
        /// Into the shadow, of length 1 each.
        let normals: [SIMD2<Float>]
        /// The place where the lines meet, as a share of the image's size.
        let corner: SIMD2<Float>
        /// Over how much of the image's smaller side it begins, 0 to 1.
        let softness: Float
        /// How much light it takes.
        let depth: Float
    }

    /// A crease: a line with another brightness on each side.
    struct Fold {
        let normal: SIMD2<Float>
        let place: SIMD2<Float>
        let depth: Float
    }
}

extension Light {
    /// The light of a room, or of a lamp beside the paper.
    /// - Parameter strength: How uneven it may be, 0 to 1.
    static func any(strength: Float, random: inout CounterBasedRandom) -> Light {
        var light = Light()
        light.gradient = 0.16 * strength * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        light.unevenness = strength * random.next(0...0.1)
        let warmth = 0.05 * strength * random.nextNearlyNormal()
        light.tint = SIMD3(1 + warmth, 1, 1 - 1.4 * warmth)
        if random.nextChance(0.25 * strength) {
            light.shadows = (0..<1 + random.nextIndex(2)).map { _ in
                Shadow(
                    normals: (0..<1 + random.nextIndex(2)).map { _ in direction(random: &random) },
                    corner: SIMD2(random.next(0.1...0.9), random.next(0.1...0.9)),
                    softness: random.nextChance(0.35) ? random.next(0.005...0.08) : random.next(0.08...0.6),
                    depth: random.next(0.1...0.5))
            }
        }
        if random.nextChance(0.12 * strength) {
            light.folds = (0..<1 + random.nextIndex(2)).map { _ in
                Fold(
                    normal: random.nextChance(0.5) ? SIMD2(0.06, 0.998) : SIMD2(0.998, -0.06),
                    place: SIMD2(random.nextUniform(), random.nextUniform()), depth: random.next(0.04...0.25))
            }
        }
        return light
    }

    /// A direction at random, of length 1.
    static func direction(random: inout CounterBasedRandom) -> SIMD2<Float> {
        let direction = Handwriting.rotation(halfTangent: random.next(-1...1))
        return random.nextChance(0.5) ? direction : -direction
    }

    /// About how bright white paper is where it is darkest and where it is brightest.
    var range: (low: Float, high: Float) {
        let change = (abs(gradient.x) + abs(gradient.y)) / 2 + unevenness
        let shade = shadows.reduce(1) { $0 * (1 - $1.depth) }
        return (max(1 - change, 0.3) * shade, 1 + change)
    }

    /// Lights a canvas.
    func shine(on canvas: inout Canvas, random: inout CounterBasedRandom) {
        let (height, width) = (canvas.height, canvas.width)
        let size = SIMD2(Float(width), Float(height))
        var brightness = [Float](repeating: 1, count: height * width)
        if unevenness > 0 {
            let slow = Texture.smooth(height: height, width: width, cell: size.max() / 2, random: &random)
            for pixel in brightness.indices { brightness[pixel] += unevenness * slow[pixel] }
        }
        for row in 0..<height {
            for column in 0..<width {
                let place = SIMD2(Float(column), Float(row))
                let share = place / size - 0.5
                var value = max(1 + gradient.x * share.x + gradient.y * share.y, 0.3)
                for shadow in shadows { value *= shadow.light(at: place, size: size) }
                for fold in folds { value *= fold.light(at: place, size: size) }
                brightness[row * width + column] *= value
            }
        }
        for (plane, tint) in canvas.channels(of: tint).enumerated() {
            canvas.planes[plane].withUnsafeMutableBufferPointer { light in
                for pixel in light.indices { light[pixel] *= tint * brightness[pixel] }
            }
        }
    }
}

extension Light.Shadow {
    fileprivate func light(at place: SIMD2<Float>, size: SIMD2<Float>) -> Float {
        let way = place - corner * size
        var inside = Float.infinity
        for normal in normals { inside = min(inside, way.x * normal.x + way.y * normal.y) }
        let share = min(max(inside / max(softness * size.min(), 1) + 0.5, 0), 1)
        return 1 - depth * share * share * (3 - 2 * share)
    }
}

extension Light.Fold {
    fileprivate func light(at place: SIMD2<Float>, size: SIMD2<Float>) -> Float {
        let way = place - self.place * size
        let distance = way.x * normal.x + way.y * normal.y
        // Bright on one side, dark on the other, and darkest in the crease.
        let side = depth * (distance < 0 ? -0.6 : 0.4) / (1 + abs(distance) / 12)
        return 1 + side - depth * max(1 - abs(distance), 0)
    }
}
