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
    /// How many digits a number has; nil where that is not known. Numbers of other lengths are none; a single digit has none.
    public var lengths: ClosedRange<Int>?
    /// Whether ink is darker than its ground, where that is known; nil to find it.
    public var inkColor: InkColor?
    /// Whether the reading has the steps to it.
    public var keepsSteps = false

    /// The defaults, with changes.
    public init(_ change: (inout ReadingOptions) -> Void = { _ in }) { change(&self) }
}
