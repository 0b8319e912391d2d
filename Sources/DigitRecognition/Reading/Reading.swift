public import Imaging

/// What was read in a picture: numbers in reading order, or why there is none.
public struct Reading: Sendable, Hashable {
    /// Columns of the picture as it was read.
    public let width: Int
    /// Rows of the picture as it was read.
    public let height: Int
    /// The numbers, from top to bottom, those beside each other from left to right.
    public let lines: [Line]
    /// Why nothing was read; nil where something was.
    public let refusal: Refusal?
    /// What was done to the picture, step by step; empty unless it was asked for.
    public let steps: [ReadingStep]

    package init(
        width: Int, height: Int, lines: [Line], refusal: Refusal? = nil, steps: [ReadingStep] = []
    ) {
        self.width = width
        self.height = height
        self.lines = lines
        self.refusal = refusal
        self.steps = steps
    }

    /// A number that was read.
    public struct Line: Sendable, Hashable {
        /// From left to right, at least one.
        public let digits: [Digit]
        /// How likely all of it is right, `0...1`.
        public let confidence: Double
        /// The rectangle around it, in the picture's pixels.
        public let box: PixelBox
        /// By how much it is turned clockwise from level, in degrees, `-180...180`.
        public let angle: Double

        package init(digits: [Digit], confidence: Double, box: PixelBox, angle: Double) {
            self.digits = digits
            self.confidence = confidence
            self.box = box
            self.angle = angle
        }
    }

    /// A digit that was read.
    public struct Digit: Sendable, Hashable {
        /// 0 to 9.
        public let value: Int
        /// How likely it is right, `0...1`.
        public let confidence: Double
        /// The rectangle around it, in the picture's pixels.
        public let box: PixelBox
        /// The probability of each digit, 0 to 9. What is missing to 1 is that of none of them.
        public let probabilities: [Float]

        package init(value: Int, confidence: Double, box: PixelBox, probabilities: [Float]) {
            self.value = value
            self.confidence = confidence
            self.box = box
            self.probabilities = probabilities
        }
    }

    /// Why nothing was read.
    public struct Refusal: Sendable, Hashable {
        /// What kind of reason it is.
        public enum Kind: String, Sendable, Hashable {
            /// There is no ink: nothing stands out from its ground as ink does.
            case blank
            /// What there is looks like no digit.
            case noDigits = "no-digits"
            /// There is something like a digit, but not clear enough to say which.
            case unreadable
        }

        /// What kind of reason it is.
        public let kind: Kind
        /// The reason in words: what was seen, and what would help.
        public let reason: String

        package init(kind: Kind, reason: String) {
            self.kind = kind
            self.reason = reason
        }
    }
}

extension Reading {
    /// What was read, a row of text for each number.
    public var text: String { text(minimumConfidence: 0) }

    /// What was read, a row of text for each number, with `?` in place of digits that are less likely right than asked for.
    public func text(minimumConfidence: Double) -> String {
        lines.map { $0.text(minimumConfidence: minimumConfidence) }.joined(separator: "\n")
    }
}

extension Reading.Line {
    /// The digits, such as `74213`.
    public var text: String { text(minimumConfidence: 0) }

    /// The digits, with `?` in place of those that are less likely right than asked for.
    public func text(minimumConfidence: Double) -> String {
        digits.map { $0.confidence >= minimumConfidence ? "\($0.value)" : "?" }.joined()
    }
}
