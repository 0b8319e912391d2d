package import SyntheticDigits

extension SceneMix {
    /// What the network of numbers is trained on: mostly numbers, and single digits as pages have them.
    package static let numberTraining: SceneMix = [
        .amount: 4, .strip: 5, .comb: 1.5, .stylus: 1, .blackboard: 1, .plainDigit: 0.5, .boxedDigit: 0.5,
        .examCell: 0.5, .sudokuCell: 0.5, .page: 0.1, .grid: 0.02,
    ]

    /// Single digits wherever people write them.
    static let preparedDigits: SceneMix = [
        .plainDigit: 3, .boxedDigit: 2, .examCell: 3, .sudokuCell: 3, .stylus: 2, .blackboard: 0.5,
    ]
}
