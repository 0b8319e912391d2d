extension String {
    /// The text with control characters written as `\u{1B}`: a file may be called anything, and a terminal would obey. So are marks
    /// that turn the direction of writing, behind which a name is another than it looks.
    package var visible: String {
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isObeyed {
                result += scalar.code
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

    /// The same for a drawing: ends of lines, tabs and the sequences that set colours stay.
    package var visibleDrawing: String {
        func mayStay(_ scalar: Unicode.Scalar) -> Bool {
            !scalar.isObeyed || scalar == "\n" || scalar == "\t"
        }
        guard !unicodeScalars.allSatisfy(mayStay) else { return self }
        var result = ""
        var rest = unicodeScalars[...]
        while let first = rest.first {
            let kept = mayStay(first) ? rest.prefix(while: mayStay) : rest.colorSequence
            if kept.isEmpty {
                result += first.code
                rest = rest.dropFirst()
            } else {
                result.unicodeScalars.append(contentsOf: kept)
                rest = rest[kept.endIndex...]
            }
        }
        return result
    }
}

extension Substring.UnicodeScalarView {
    /// The sequence at the start that sets colours, `ESC [ 38;5;16 m`; empty where there is none.
    fileprivate var colorSequence: Self {
        let parameters = dropFirst(2).prefix { "0"..."9" ~= $0 || $0 == ";" }
        let end = parameters.endIndex
        guard starts(with: "\u{1B}[".unicodeScalars), end < endIndex, self[end] == "m" else {
            return self[..<startIndex]
        }
        return self[...end]
    }
}

extension Unicode.Scalar {
    /// `\u{1B}`, as it would be typed.
    fileprivate var code: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }

    /// Whether it is no letter but something that a terminal would do.
    var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: "\u{202A}"..."\u{202E}" ~= self || "\u{2066}"..."\u{2069}" ~= self
        }
    }
}
