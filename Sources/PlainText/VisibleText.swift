extension String {
    /// The text with control characters written as `\u{1B}`: a file may be called anything, and a terminal would obey. So are marks
    /// that turn the direction of writing, behind which a name is another than it looks.
    package var visible: String {
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isObeyed {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The same for a text of several lines, which stay lines.
    package var visibleLines: String {
        unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: "\u{202A}"..."\u{202E}" ~= self || "\u{2066}"..."\u{2069}" ~= self
        }
    }
}
