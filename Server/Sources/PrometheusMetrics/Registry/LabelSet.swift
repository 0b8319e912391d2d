/// The labels of one time series, in the order of their names; the order in which they were given does not matter.
struct LabelSet: Hashable, Comparable, Sendable {
    /// `name="value",…` with the values escaped, as it stands between the braces.
    let text: String
    private let names: [String]

    /// Labels from dimensions.
    ///
    /// - Parameters:
    ///   - dimensions: names, which are made valid, and values; the last of one name counts.
    ///   - reserved: a name that the format gives a meaning of its own (`le`); a dimension of that name gets a prefix.
    init(_ dimensions: [(String, String)], reserved: String? = nil) {
        var values: [String: String] = [:]
        for (name, value) in dimensions {
            let valid = MetricName.validLabel(name)
            values[valid == reserved ? "exported_\(valid)" : valid] = value
        }
        self.init(values: values)
    }

    private init(values: [String: String]) {
        names = values.keys.sorted()
        text = names.map { "\($0)=\"\(Self.escaped(values[$0] ?? ""))\"" }.joined(separator: ",")
    }

    /// The same names, all with the value `other`: where label sets beyond the limit are counted.
    var others: LabelSet {
        LabelSet(values: Dictionary(uniqueKeysWithValues: names.map { ($0, "other") }))
    }

    static func < (a: LabelSet, b: LabelSet) -> Bool { a.text < b.text }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
