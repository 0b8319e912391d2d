package import Imaging

/// What of an image is ink.
package struct Ink: Sendable, Hashable {
    /// How much ink there is, `0…1`, 1 being a whole stroke's.
    package let plane: Plane
    /// Whether it is darker than its ground.
    package let color: InkColor
    /// Pixels of the plane for one of the image.
    package let scale: Double
    /// The contrast of a whole stroke to its ground, `0…1`, before it became 1.
    package let strength: Float
    /// The contrast of the ground's grain, `0…1`: one standard deviation, where it is normal.
    package let grain: Float
    /// The middle width of strokes, in the plane's pixels, 1 to 255.
    package let strokeWidth: Float

    package init(
        plane: Plane, color: InkColor, scale: Double, strength: Float, grain: Float, strokeWidth: Float
    ) {
        self.plane = plane
        self.color = color
        self.scale = scale
        self.strength = strength
        self.grain = grain
        self.strokeWidth = strokeWidth
    }

    /// From this on a number of the plane counts as ink.
    package static let threshold: Float = 0.35

    /// How far strokes stand out of the grain.
    var clarity: Float { strength / grain }

    /// The same ink turned.
    package func turned(_ turns: QuarterTurns) -> Ink {
        if turns.count == 0 { return self }
        return Ink(
            plane: turns.applied(to: plane), color: color, scale: scale, strength: strength, grain: grain,
            strokeWidth: strokeWidth)
    }
}
