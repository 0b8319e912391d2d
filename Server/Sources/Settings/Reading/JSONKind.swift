/// What a value of a JSON file is, before it is asked whether a setting can be so.
enum JSONKind: Decodable {
    case flag
    case number
    case text
    case list
    /// An object, null, or a list of other things than texts.
    case other

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        self =
            if (try? value.decode(Bool.self)) != nil {
                .flag
            } else if (try? value.decode(Double.self)) != nil {
                .number
            } else if (try? value.decode(String.self)) != nil {
                .text
            } else if (try? value.decode([String].self)) != nil {
                .list
            } else {
                .other
            }
    }

    /// Whether a setting of this kind can be so.
    func fits(_ kind: SettingKind) -> Bool {
        switch kind {
        case .integer, .seconds: self == .number
        case .bytes: self == .number || self == .text
        case .flag: self == .flag
        case .choice, .text: self == .text
        case .list: self == .list
        }
    }
}
