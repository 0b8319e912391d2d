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
        guard fault == nil else { return nil }
    }

    /// What makes this no normalisation, or nil.
    fileprivate var fault: String? {
        switch self {
        case .l2(let axis) where ![1, 2, -1, -2].contains(axis):
            "the axis is \(axis); images are normalised along axis 1 or 2"
        case .standardized(let mean, _) where !mean.isFinite:
            "the mean is \(mean), which is no finite number"
        case .standardized(_, let deviation) where !(deviation > 0 && deviation.isFinite):
            "the standard deviation is \(deviation), which is no finite number above 0"
        default:
            nil
        }
    }
}

/// As JSON: `{"kind":"l2","axis":1}`, `{"kind":"unit-range"}`,
/// `{"kind":"standardized","mean":0.1307,"standardDeviation":0.3081}`, `{"kind":"none"}`.
extension Normalization: Codable {
    private enum Key: String, CodingKey {
        case kind, axis, mean, standardDeviation
    }

    private enum Kind: String, Codable, CaseIterable {
        case l2
        case unitRange = "unit-range"
        case standardized
        case none
    }

    /// Writes the JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .l2(let axis):
            try container.encode(Kind.l2, forKey: .kind)
            try container.encode(axis, forKey: .axis)
        case .unitRange:
            try container.encode(Kind.unitRange, forKey: .kind)
        case .standardized(let mean, let standardDeviation):
            try container.encode(Kind.standardized, forKey: .kind)
            try container.encode(mean, forKey: .mean)
            try container.encode(standardDeviation, forKey: .standardDeviation)
        case .none:
            try container.encode(Kind.none, forKey: .kind)
        }
    }

    /// Reads the JSON object.
    /// - Throws: `DecodingError` for an unknown kind, a missing figure, or one that makes no normalisation.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let name = try container.decode(String.self, forKey: .kind)
        switch Kind(rawValue: name) {
        case .l2:
            self = .l2(axis: try container.decode(Int.self, forKey: .axis))
        case .unitRange:
            self = .unitRange
        case .standardized:
            self = .standardized(
                mean: try container.decode(Float.self, forKey: .mean),
                standardDeviation: try container.decode(Float.self, forKey: .standardDeviation))
        case .some(.none):
            self = .none
        case nil:
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container,
                debugDescription: "There is no normalisation \(name). Known are \(known).")
        }
        if let fault {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "In a normalisation \(fault)."))
        }
    }
}
