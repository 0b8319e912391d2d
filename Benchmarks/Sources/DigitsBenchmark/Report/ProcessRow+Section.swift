extension ProcessRow {
    /// This row's part of the report.
    static func section(_ measured: Measured) -> String {
        var table = MarkdownTable(["whole processes", "median", "lowest–highest", "turns"])
        for (key, title, quantity, unit) in [
            (prediction, "`digits predict --index 7`, 1 process from start to end", "milliseconds", "ms"),
            (nothing, "a program that does nothing", "milliseconds", "ms"),
            (training, "`digits train --epochs 1 --threads 2`, peak memory", "megabytes", "MB"),
        ] {
            let values = measured.values(key, quantity)
            guard !values.isEmpty else { continue }
            let digits = unit == "ms" ? 1 : 0
            let text = { (value: Double) in String.fixed(value, digits: digits) }
            table.add([
                title, "\(text(values.median)) \(unit)",
                "\(text(values.min()!))–\(text(values.max()!)) \(unit)",
                "\(values.count)",
            ])
        }
        return "### The command (`\(name)`)\n\n\(table.text)"
    }
}
