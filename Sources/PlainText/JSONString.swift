extension String {
    /// The text as a string of JSON (RFC 8259), in quotation marks. Only what must be is escaped, in the shortest way.
    package var quotedForJSON: String { quotedForJSON { _ in false } }

    /// The same for what may be read in a terminal: what that would obey is escaped, too.
    package var visiblyQuotedForJSON: String { quotedForJSON(escaping: \.isObeyed) }

    private func quotedForJSON(escaping mustEscape: (Unicode.Scalar) -> Bool) -> String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{8}": quoted += "\\b"
            case "\u{C}": quoted += "\\f"
            case _ where scalar < " " || mustEscape(scalar):
                quoted += "\\u" + NumberText.hexadecimal(scalar.value, digits: 4)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
