// What a camera may do to a scene so that a person could still read it.
extension Composition {
    /// How much weaker than the contrast of ink and paper the noise is, at least.
    private static let noiseShare: Float = 0.18
    /// The least difference of ink and paper in the image, as a share of full brightness.
    private static let leastContrast: Float = 0.14

    /// Limits blur, noise and the tone curve by how broad and how dark the palest digit's strokes are.
    mutating func keepLegible() {
        guard let width = writing.compactMap({ $0.digit == nil ? nil : $0.strokeWidth }).min() else { return }
        camera.blur = min(camera.blur, 0.35 + 0.45 * width)
        let longest = SIMD2<Float>(repeating: 1 + 0.7 * width)
        camera.motion.clamp(lowerBound: -longest, upperBound: longest)
        camera.resolution = max(camera.resolution, min(1, 1 / (0.5 + 0.9 * width)))
        let ground = paper.color.brightness
        let difference =
            writing.compactMap { $0.digit == nil ? nil : $0.ink.difference(from: ground) }
            .min { abs($0) < abs($1) } ?? 0
        // What is left of it in the middle of a stroke.
        let visible = difference * width / (width + camera.blur)
        camera.noise = min(camera.noise, Self.noiseShare * abs(visible))
        if camera.contrast > 2 {
            // Nearly black and white: the step lies between ink and paper.
            camera.pivot = ground + visible / 2
            camera.shift = 0
            if abs(visible) < 0.25 || hasColor { camera.contrast = 1.3 }
        }
        camera.contrast = max(camera.contrast, min(Self.leastContrast / max(abs(visible), 0.01), 3))
        // Most of the difference stays between black and white, where it is bright and where it is dark.
        let (low, high) = (min(ground, ground + visible), max(ground, ground + visible))
        let kept = min(0.75 * camera.contrast * abs(visible), 0.75)
        func level(_ value: Float) -> Float {
            (value - camera.pivot) * camera.contrast + camera.pivot + camera.shift
        }
        camera.shift -= max(level(low * light.range.high) - (1 - kept), 0)
        camera.shift += max(kept * light.range.low - level(high * light.range.low), 0)
    }
}

extension SIMD3<Float> {
    /// A colour's brightness (ITU-R BT.601).
    var brightness: Float { 0.299 * x + 0.587 * y + 0.114 * z }
}

extension Ink {
    /// How much brighter than paper of a brightness it looks; below 0 where it is darker.
    fileprivate func difference(from ground: Float) -> Float {
        let own = color.brightness * (covers ? 1 : ground)
        return opacity * (own - ground)
    }
}
