/// The lengths of a tensor's axes, outermost first: `[height, width, channels]` for one picture.
public struct Shape: Sendable, Hashable, Codable, ExpressibleByArrayLiteral {
    /// Length of each axis, all positive or zero.
    public let axes: [Int]

    /// Makes a shape from its axes' lengths.
    public init(_ axes: [Int]) {
        self.axes = axes
    }

    /// Makes a shape from a literal: `[28, 28, 1]`.
    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }

    /// Number of axes.
    public var rank: Int { axes.count }

    /// Number of elements: the product of the axes' lengths, 1 for rank 0.
    public var count: Int { axes.reduce(1, *) }

    /// The length of one axis.
    public subscript(axis: Int) -> Int { axes[axis] }

    /// Reads a list of lengths.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Int].self))
    }

    /// Writes a list of lengths.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(axes)
    }
}

extension Shape: CustomStringConvertible {
    /// As people write it: `28×28×1`, or `scalar`.
    public var description: String {
        axes.isEmpty ? "scalar" : axes.map(String.init).joined(separator: "×")
    }
}
