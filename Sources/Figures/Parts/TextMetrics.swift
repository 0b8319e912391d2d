/// How much room texts need.
///
/// The layout of a figure must not depend on which fonts a machine has, nor on whether it has Cairo; so widths are those of
/// DejaVu Sans, which is wider than other fonts without serifs: with one of those, texts keep more distance.
package enum TextMetrics {
    /// The width of a text on one line, in points.
    package static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
        let widths = isBold ? boldWidths : regularWidths
        var total = 0
        for scalar in text.unicodeScalars {
            let index = Int(scalar.value) - 32
            total += widths.indices.contains(index) ? widths[index] : isBold ? widestBold : widestRegular
        }
        return Double(total) * size / 1000
    }

    /// How far capitals and figures rise above the baseline, as a share of the font's size.
    package static let capitalHeight = 0.73
    /// How far letters rise above the baseline at most.
    package static let ascent = 0.78
    /// How far letters go below the baseline.
    package static let descent = 0.24

    /// The lines of a text that is broken at spaces so that each is at most `width` wide; a longer word is a line by itself.
    package static func lines(of text: String, width: Double, size: Double, isBold: Bool = false) -> [String]
    {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, Self.width(of: last + " " + word, size: size, isBold: isBold) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// The text, or its beginning and an ellipsis where it is wider than `width`.
    package static func shortened(_ text: String, width: Double, size: Double, isBold: Bool = false) -> String
    {
        guard Self.width(of: text, size: size, isBold: isBold) > width else { return text }
        var rest = Substring(text)
        while !rest.isEmpty, Self.width(of: rest + "…", size: size, isBold: isBold) > width {
            rest.removeLast()
        }
        return rest + "…"
    }

    // Advance widths of DejaVu Sans 2.37 in thousandths of the font's size, rounded up: the characters 32…126; for others
    // more than all but the widest letters of Latin, Greek and Cyrillic have.
    private static let regularWidths = [
        318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637,
        637, 637, 637,
        637, 637, 637, 337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295,
        656, 558, 863,
        749, 788, 604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500, 500, 613,
        635, 550, 635,
        616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592,
        592, 525, 637,
        337, 637, 838,
    ]
    private static let widestRegular = 1100
    private static let boldWidths = [
        349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696,
        696, 696, 696,
        696, 696, 696, 400, 400, 838, 838, 838, 581, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 373,
        775, 638, 996,
        837, 851, 733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 500, 500, 675,
        716, 593, 716,
        679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646,
        652, 583, 712,
        366, 712, 838,
    ]
    private static let widestBold = 1250
}
