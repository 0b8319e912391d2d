import FoundationBasics

extension String {
    /// The text in lines that break only after `; `, each as long as the width allows; those after the first are
    /// indented. A part that is longer than the width stays whole.
    /// - Parameter columns: Characters of a line; nil where nothing limits it.
    package func wrappedAtSemicolons(to columns: Int?) -> String {
        guard let columns else { return self }
        var lines: [String] = []
        var line = ""
        let parts = components(separatedBy: "; ")
        for (index, part) in parts.enumerated() {
            let end = index < parts.count - 1 ? ";" : ""
            if index == 0 {
                line = part + end
            } else if line.count + 1 + part.count + end.count <= columns {
                line += " " + part + end
            } else {
                lines.append(line)
                line = "  " + part + end
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
