extension Normalization: LosslessStringConvertible {
    /// The forms that a command line offers.
    public static let textForms = ["l2", "l2(axis:2)", "unit-range", "standardized", "none"]

    /// The form for command lines: `l2` (that is, along axis 1), `l2(axis:2)`, `unit-range`, `standardized` (with
    /// MNIST's figures), `standardized(mean:0.5,standardDeviation:0.25)`, `none`.
    public var description: String {
        switch self {
        case .l2(axis: 1): "l2"
        case .l2(let axis): "l2(axis:\(axis))"
        case .unitRange: "unit-range"
        case .standardized where self == .standardized: "standardized"
        case .standardized(let mean, let standardDeviation):
            "standardized(mean:\(mean),standardDeviation:\(standardDeviation))"
        case .none: "none"
        }
    }

    /// Reads the form for command lines; nil for any other text, or for figures that make no normalisation.
    public init?(_ description: String) {
        let text = description.filter { $0 != " " }
        switch text {
        case "l2": self = .l2(axis: 1)
        case "unit-range": self = .unitRange
        case "standardized": self = .standardized
        case "none": self = .none
        default:
            if let match = text.wholeMatch(of: /l2\(axis:(-?\d+)\)/), let axis = Int(match.1) {
                self = .l2(axis: axis)
            } else if let match = text.wholeMatch(of: /standardized\(mean:(.+),standardDeviation:(.+)\)/),
                let mean = Float(match.1), let standardDeviation = Float(match.2)
            {
                self = .standardized(mean: mean, standardDeviation: standardDeviation)
            } else {
                return nil
            }
        }
        guard isPossible else { return nil }
    }

    /// Whether there is such an axis, and the figures are finite and the deviation above 0.
    private var isPossible: Bool {
        switch self {
        case .l2(let axis): [1, 2, -1, -2].contains(axis)
        case .standardized(let mean, let deviation): mean.isFinite && deviation.isFinite && deviation > 0
        case .unitRange, .none: true
        }
    }
}

/// As JSON: its text, as in `"l2"`.
extension Normalization: Codable {
    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads the text.
    /// - Throws: `DecodingError` for any other text, or for figures that make no normalisation.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let normalization = Normalization(text) else {
            // The sentence says which part it is about; a path of keys would add nothing.
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [],
                    debugDescription: "its normalisation is \(text), which is not known here."))
        }
        self = normalization
    }
}
