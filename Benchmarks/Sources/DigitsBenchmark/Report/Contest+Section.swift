extension Contest {
    /// The contest's part of the report.
    func section(_ measured: Measured) -> String {
        let isLatency = contestants.contains { $0.work.task == .latency }
        let quantity = isLatency ? "median_us" : "images_per_second"
        var table = MarkdownTable(
            ["", "threads", isLatency ? "median, µs" : "images/s"]
                + (isLatency ? ["99th percentile, µs"] : []) + ["to digits"])
        for contestant in contestants {
            guard let median = measured.median(contestant.key, quantity) else { continue }
            let values = measured.values(contestant.key, quantity)
            let spread = "\(String.grouped(values.min()!))–\(String.grouped(values.max()!))"
            let ratio = measured.ratio(contestant.key, to: "digits", quantity)
            table.add(
                [
                    title(of: contestant, measured.takers[contestant.key]), "\(contestant.work.threads)",
                    "\(String.grouped(median)) (\(spread))",
                ]
                    + (isLatency
                        ? [measured.median(contestant.key, "p99_us").map(String.grouped) ?? ""] : [])
                    + [ratio.map { String.fixed($0, digits: 2) } ?? ""])
        }
        let disturbed =
            measured.isDisturbed
            ? "\nSomebody else was computing in most turns; no turn is left out here.\n" : ""
        return "### \(title) (`\(name)`)\n\n\(table.text)\(disturbed)"
    }

    /// What a contestant is called, with what it told of its version.
    private func title(of contestant: Contestant, _ taker: Measured.Taker?) -> String {
        guard let taker else { return contestant.title }
        if case .digits = contestant.program { return contestant.title }
        return "\(taker.name): \(taker.settings)"
    }
}
