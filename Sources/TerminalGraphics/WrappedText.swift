import FoundationBasics
import PlainText

extension String {
    /// The text in lines that break between words alone, each as long as the width allows; those after the first are indented.
    /// A word that is longer than a line breaks after its commas, where it has any; else it stays whole.
    /// - Parameters:
    ///   - columns: Characters of a line; nil where nothing limits it.
    ///   - separators: Behind which the text may break: behind the first, and only where a part is longer than a line behind
    ///     the next ones.
    ///   - indentation: Spaces before each line after the first.
    package func wrapped(
        to columns: Int?, after separators: [String] = [" ", ","], indentation: Int = 2
    ) -> String {
        guard let columns, visibleCount > columns else { return self }
        var lines = [""]
        for part in parts(after: separators[...], longest: columns - indentation) {
            let line = lines[lines.count - 1]
            // Spaces may lie beyond the line: they are cut off.
            let word = part.trimmingTrailingSpaces
            if word.isEmpty || line.trimmingTrailingSpaces.isEmpty || line.count + word.count <= columns {
                lines[lines.count - 1] += part
            } else {
                lines.append(String(repeating: " ", count: indentation) + part)
            }
        }
        return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n")
    }

    /// The same for settings, which stay together as long as they can: lines break after `; `.
    package func wrappedAtSemicolons(to columns: Int?) -> String {
        wrapped(to: columns, after: ["; ", " ", ","])
    }

    /// The text cut behind each separator, and parts that are too long behind the next one.
    private func parts(after separators: ArraySlice<String>, longest: Int) -> [String] {
        guard let separator = separators.first, count > longest else { return [self] }
        let cut = components(separatedBy: separator)
        return cut.enumerated().flatMap { index, part in
            (part + (index < cut.count - 1 ? separator : ""))
                .parts(after: separators.dropFirst(), longest: longest)
        }
    }
}
