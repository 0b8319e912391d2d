extension Reading {
    /// How much speaks for it that this is the right reading.
    var evidence: Double { lines.evidence }
    /// By how much more evidence another way to look at a picture is taken to be right.
    static let clearLead = 0.5
    /// Whether all of its digits are likely right, so that no other way to look at the picture has to be tried.
    var isSure: Bool { lines.isSure }
}

extension [Reading.Line] {
    /// The confidence from which on a digit is likely right.
    private static var sure: Double { 0.8 }

    /// Each digit counts by how much more likely than not it is.
    var evidence: Double { flatMap(\.digits).reduce(0) { $0 + $1.confidence - 0.5 } }

    var isSure: Bool {
        // On its side, a digit may look like another one; all digits of a picture hardly do.
        !isEmpty && flatMap(\.digits).allSatisfy { $0.confidence >= Self.sure }
    }
}
