internal import Compute

// Light and camera.
extension Composer {
    /// Light and camera: a scanner in so many cases, else a camera held by hand; both so that the digits can be read.
    mutating func take(_ composition: inout Composition, height: Float, scanned: Float) {
        if random.nextChance(scanned) {
            composition.light = .any(strength: 0.15, random: &random)
            composition.camera = scanner(height: height)
            composition.hasColor = random.nextChance(0.35)
        } else {
            composition.light = .any(strength: 1, random: &random)
            composition.camera = phone(height: height)
            composition.hasColor = random.nextChance(0.75)
        }
        composition.keepLegible()
    }

    /// A camera held by hand; blur is in proportion to the digits.
    private mutating func phone(height: Float) -> Camera {
        var camera = Camera(
            blur: blur(upTo: 0.6 + 0.022 * height), noise: random.nextProportional(0.002...0.04),
            contrast: random.next(0.65...1.3), pivot: 0.6, shift: 0.12 * random.nextNearlyNormal())
        if random.nextChance(0.12) {
            camera.motion = 0.06 * height * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        }
        if random.nextChance(0.15) { camera.resolution = random.next(min(1, 16 / height)...1) }
        if random.nextChance(0.3) { camera.sharpening = random.next(0.2...1) }
        if random.nextChance(0.6) { camera.quality = Int(random.next(30...95)) }
        return camera
    }

    /// A scanner: little noise, much contrast, now and then nothing but black and white.
    private mutating func scanner(height: Float) -> Camera {
        var camera = Camera(
            blur: blur(upTo: 0.5 + 0.015 * height), noise: random.next(0...0.02),
            contrast: random.next(0.85...1.4), pivot: 0.7, shift: random.next(-0.05...0.08))
        if random.nextChance(0.3) { camera.sharpening = random.next(0.2...1.5) }
        if random.nextChance(0.06) {
            (camera.contrast, camera.pivot) = (random.next(4...20), random.next(0.5...0.7))
        }
        if random.nextChance(0.12) { camera.resolution = random.next(min(1, 16 / height)...1) }
        if random.nextChance(0.5) { camera.quality = Int(random.next(25...95)) }
        return camera
    }

    /// A lens's blur, more often small than large.
    private mutating func blur(upTo largest: Float) -> Float {
        let share = random.nextUniform()
        return 0.3 + share * share * (largest - 0.3)
    }
}
