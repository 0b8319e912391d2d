extension SettingsTable {
    /// The settings for `--help`: a section each, a setting in two lines at least, at most 80 columns wide.
    public var help: String {
        sections.map { section in
            ([section.title.uppercased()] + section.settings.map(help)).joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n"
    }

    private func help(of setting: Setting<Values>) -> String {
        let name = setting.kind == .flag ? "--[no-]\(setting.name)" : setting.flag
        let flag = "  " + ([name] + [setting.kind.placeholder].compactMap { $0 }).joined(separator: " ")
        let text = setting.text(defaults)
        let told = text.isEmpty || setting.kind == .flag && text == "false" ? "" : " Default: \(text)."
        return flag + "\n" + Self.wrapped(setting.help + told, width: 80, indentation: "      ")
    }

    /// The settings as a table of Markdown, a section each.
    public var markdown: String {
        sections.map { section in
            let rows = section.settings.map { setting in
                let text = setting.text(defaults)
                return
                    "| `\(setting.flag)` | `\(setting.variable(prefix: prefix))` | \(setting.kind.range) | "
                    + "\(text.isEmpty ? "–" : "`\(text)`") | \(setting.help) |"
            }
            return "### \(section.title)\n\n| flag | variable | values | default | |\n|---|---|---|---|---|\n"
                + rows.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, width: Int, indentation: String) -> String {
        var lines: [String] = []
        var line = indentation
        for word in text.split(separator: " ") {
            if line.count > indentation.count, line.count + 1 + word.count > width {
                lines.append(line)
                line = indentation
            }
            line += (line.count > indentation.count ? " " : "") + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
