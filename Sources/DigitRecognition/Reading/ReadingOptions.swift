public import Imaging

/// How a picture is read.
public struct ReadingOptions: Sendable, Hashable {
    /// What a picture shows.
    public enum Layout: String, Sendable, Hashable, CaseIterable {
        /// Any number of numbers, wherever they are.
        case lines
        /// One number.
        case line
        /// One digit.
        case digit
    }

    /// What the picture shows.
    public var layout = Layout.lines
    /// How many digits a number has; nil where that is not known.
    ///
    /// It settles doubt: of too many digits those that are not sure are left out, of too few there may be a faint one more. What surely
    /// has another length is no number. A single digit has no length.
    public var lengths: ClosedRange<Int>?
    /// No number that is read is longer: a line is at most 150 times as long as its digits are high, and two beside each other are
    /// hardly narrower than high.
    package static let mostDigits = 300
    /// Whether ink is darker than its ground, where that is known; nil to find it.
    public var inkColor: InkColor?
    /// Whether the reading has the steps to it.
    public var keepsSteps = false

    /// The defaults, with changes.
    public init(_ change: (inout ReadingOptions) -> Void = { _ in }) { change(&self) }
}
