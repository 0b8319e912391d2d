/// The room that a figure is laid out for.
enum Room {
    /// A page, or a computer's screen.
    case wide
    /// A phone's screen, held upright.
    case narrow

    /// The width of the contents on a phone, in points: with the margins around them a point is a pixel or more.
    private static let narrowWidth = 300.0

    /// How wide contents are that would like to be `wide`.
    func width(_ wide: Double) -> Double { self == .wide ? wide : min(wide, Self.narrowWidth) }

    /// How wide a part is that would like to be `wide` beside others, and must not be narrower than `least`.
    func width(_ wide: Double, beside others: Double, least: Double) -> Double {
        max(least, width(wide + others) - others)
    }

    /// How many columns there are where `most` are wanted.
    func columns(_ most: Int, width: Double, gap: Double) -> Int {
        self == .wide ? most : max(1, min(most, Int((Self.narrowWidth + gap) / (width + gap))))
    }
}
