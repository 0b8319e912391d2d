import Settings

/// A name and a text behind a `=`.
struct NamedText {
    let name: String
    let text: String

    /// - Throws: a `SettingReason` if one of them is missing.
    init(_ item: String, expected: String) throws(SettingReason) {
        guard let equals = item.firstIndex(of: "="), equals != item.startIndex,
            item.index(after: equals) != item.endIndex
        else { throw SettingReason(expected) }
        name = String(item[..<equals])
        text = String(item[item.index(after: equals)...])
    }
}
