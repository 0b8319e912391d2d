/// A horizontal bar of a given number of characters, filled from the left in eighths of a character.
package enum Bar {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// Draws a bar.
    /// - Parameters:
    ///   - share: The filled part; outside 0…1 it is cut off there, and `nan` is empty.
    ///   - width: Characters in all.
    ///   - empty: What stands in the part that is not filled.
    package static func text(_ share: Double, width: Int, empty: Character = " ") -> String {
        let bounded = share > 0 ? min(share, 1) : 0
        let filled = Int((bounded * Double(width * 8)).rounded(.down))
        let bar = String(repeating: "█", count: filled / 8) + eighths[filled % 8]
        return bar + String(repeating: empty, count: width - bar.count)
    }
}
