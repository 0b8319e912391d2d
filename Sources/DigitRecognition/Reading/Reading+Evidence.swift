import Compute

/// How much speaks for it that a reading is right, so that ways to look at a picture can be compared. The numbers were chosen on drawn
/// scenes (`reader-tools score-numbers`).
extension [Reading.Line] {
    /// By how much more evidence another way to look at a picture is taken to be right.
    static var clearLead: Double { 2 }
    /// The same of a level line on its head: hardly one of a hundred is.
    static var leadOfHead: Double { 6 }
    /// The confidence from which on a digit is likely right.
    private static var sure: Double { 0.8 }
    /// How much a digit by itself counts: the digits of a number that stands on its side are found one by one.
    private static var weightAlone: Double { 0.4 }

    /// The logarithms of the odds that each digit is right.
    var evidence: Double {
        reduce(0) { sum, line in
            let odds = line.digits.reduce(0) { sum, digit in
                let confidence = Swift.min(Swift.max(digit.confidence, 0.01), 0.99)
                return sum + Double.log(confidence / (1 - confidence))
            }
            return sum + (line.digits.count > 1 ? odds : Self.weightAlone * odds)
        }
    }

    /// Whether all digits are likely right, so that no other way to look at the picture has to be tried. On its side, a digit may look
    /// like another one; all digits of a picture hardly do.
    var isSure: Bool { !isEmpty && flatMap(\.digits).allSatisfy { $0.confidence >= Self.sure } }
}
