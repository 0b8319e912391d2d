/// Horizontal bars in groups, each group with a scale of its own, as SVG.
struct BarChart {
    /// One bar.
    struct Bar {
        let title: String
        let value: Double
        /// Drawn in the colour of our own.
        let isOurs: Bool
    }

    /// Bars that are compared.
    struct Group {
        let title: String
        let bars: [Bar]
    }

    let groups: [Group]

    // Lengths are in pixels.
    private static let width = 860.0
    private static let titleWidth = 250.0
    private static let valueWidth = 90.0
    private static let barHeight = 18.0
    private static let barStep = 24.0
    private static let groupTitleHeight = 30.0
    private static let groupGap = 14.0
    private static let ours = "#1f6feb"
    private static let others = "#9aa4af"

    var svg: String {
        var body = ""
        var y = 10.0
        for group in groups {
            body += Self.text(group.title, x: 16, y: y + 18, weight: "600")
            y += Self.groupTitleHeight
            let scale =
                (Self.width - Self.titleWidth - Self.valueWidth) / (group.bars.map(\.value).max() ?? 1)
            for bar in group.bars {
                let middle = y + Self.barHeight / 2 + 4.5
                let length = max(1, bar.value * scale)
                body += Self.text(bar.title, x: Self.titleWidth - 8, y: middle, anchor: "end")
                body +=
                    "<rect x=\"\(Self.titleWidth)\" y=\"\(y)\" width=\"\(String.fixed(length, digits: 1))\" "
                    + "height=\"\(Self.barHeight)\" rx=\"2\" fill=\"\(bar.isOurs ? Self.ours : Self.others)\"/>\n"
                body += Self.text(
                    String.grouped(bar.value), x: Self.titleWidth + length + 6, y: middle,
                    weight: bar.isOurs ? "600" : "400")
                y += Self.barStep
            }
            y += Self.groupGap
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(y))" width="\(Int(Self.width))" \
            height="\(Int(y))" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13" fill="#1f2328">
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(body)</svg>

            """
    }

    private static func text(
        _ text: String, x: Double, y: Double, anchor: String = "start", weight: String = "400"
    ) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return
            "<text x=\"\(String.fixed(x, digits: 1))\" y=\"\(String.fixed(y, digits: 1))\" "
            + "text-anchor=\"\(anchor)\" font-weight=\"\(weight)\">\(escaped)</text>\n"
    }
}

extension BarChart {
    /// Images per second of the contests: those contestants that have as many threads as ours, and of ours the fastest set.
    init(_ measured: [String: Measured]) {
        groups = Contest.all.compactMap { contest in
            guard let results = measured[contest.name] else { return nil }
            let bars = contest.contestants.compactMap { contestant -> Bar? in
                var isOurs = false
                if case .digits = contestant.program { isOurs = true }
                guard contestant.work.threads == contest.contestants[0].work.threads,
                    !isOurs || contestant.key == "digits" || contestant.key == "digits-grey",
                    let speed = results.median(contestant.key, "images_per_second")
                else { return nil }
                return Bar(title: contestant.title, value: speed, isOurs: isOurs)
            }
            return bars.isEmpty ? nil : Group(title: "\(contest.title): images per second", bars: bars)
        }
    }
}
