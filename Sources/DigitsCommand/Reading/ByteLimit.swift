/// How large a picture file may be, so that a huge one is refused before it is in memory.
struct ByteLimit: Sendable {
    let count: Int

    /// As much as so many pixels need at 16 bits in four channels, and something for what else a file may tell.
    init(pixelCount: Int) { count = 8 * pixelCount + 16_000_000 }
}
