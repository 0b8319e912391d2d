/// A confusion matrix as text: a row for each true class, a column for each predicted one, recall at the right and
/// precision beneath. Zeros are dots, so that mistakes stand out.
package enum ConfusionMatrixText {
    /// Draws the matrix.
    /// - Parameters:
    ///   - counts: `counts[truth][predicted]`, a square.
    ///   - classNames: What each class is called, in the same order.
    package static func lines(counts: [[Int]], classNames: [String]) -> [String] {
        precondition(
            counts.count == classNames.count && counts.allSatisfy { $0.count == classNames.count },
            "A confusion matrix of \(classNames.count) classes has as many rows and columns.")
        let classes = classNames.indices
        var table = TextTable(
            [.init("truth")] + classNames.map { .init($0, .right) } + [.init("recall", .right)])
        for truth in classes {
            let row = counts[truth]
            table.append(
                [classNames[truth]] + row.map { $0 == 0 ? "·" : NumberText.grouped($0) }
                    + [share(row[truth], of: row.reduce(0, +))])
        }
        table.append(
            ["precision"]
                + classes.map { column in
                    share(counts[column][column], of: counts.reduce(0) { $0 + $1[column] })
                } + [""])
        return ["Columns: predicted class. Rows: true class."] + table.lines
    }

    private static func share(_ correct: Int, of count: Int) -> String {
        count == 0
            ? "–" : NumberText.percent(Proportion(correct: correct, count: count).share, decimals: 1)
    }
}
