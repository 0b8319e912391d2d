/// What kind of picture a scene is.
package enum SceneStyle: String, Sendable, CaseIterable {
    /// The amount field of a cheque: pattern, printed rule, separators, marks in front and behind.
    case amount
    /// One number on any paper, cut out as a strip.
    case strip
    /// One number, a field for each digit.
    case comb
    /// One digit on plain, ruled or squared paper.
    case plainDigit
    /// One digit in a printed box.
    case boxedDigit
    /// One digit in the cell of an exam sheet: small, faint, anywhere in it.
    case examCell
    /// One digit in the cell of a sudoku in a newspaper.
    case sudokuCell
    /// A whole sudoku or table, photographed.
    case grid
    /// A page with several numbers, photographed.
    case page
    /// Drawn with a stylus or a finger on a screen.
    case stylus
    /// Chalk or a light pencil on dark ground.
    case blackboard
}

/// How often each kind of picture comes, in relation to the others.
package struct SceneMix: Sendable, ExpressibleByDictionaryLiteral {
    let styles: [SceneStyle]
    let shares: [Float]

    /// - Precondition: There is a share above 0, and none below.
    package init(dictionaryLiteral elements: (SceneStyle, Float)...) {
        precondition(
            elements.contains { $0.1 > 0 } && elements.allSatisfy { $0.1 >= 0 },
            "A mix of scenes has shares of at least 0, one of them above.")
        styles = elements.map(\.0)
        shares = elements.map(\.1)
    }

    /// Only one kind.
    package static func only(_ style: SceneStyle) -> SceneMix { [style: 1] }

    /// Single numbers in pictures of one line.
    package static let numbers: SceneMix = [.amount: 4, .strip: 5, .comb: 1.5, .stylus: 1, .blackboard: 1]
    /// Single digits.
    package static let digits: SceneMix = [.plainDigit: 3, .boxedDigit: 2, .examCell: 3, .sudokuCell: 3]
    /// Everything.
    package static let everything: SceneMix = [
        .amount: 4, .strip: 5, .comb: 1.5, .plainDigit: 3, .boxedDigit: 2, .examCell: 3, .sudokuCell: 3,
        .grid: 0.3,
        .page: 0.7, .stylus: 1.5, .blackboard: 1,
    ]
}
