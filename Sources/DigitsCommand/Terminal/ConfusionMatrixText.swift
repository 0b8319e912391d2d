import FoundationBasics

/// A confusion matrix as text: a row for each true class, a column for each predicted one, recall at the right and
/// precision beneath, both in per cent. Zeros are dots, so that mistakes stand out.
///
/// Ten classes with counts below 100,000 fit into 80 characters if no name is longer than eleven.
package enum ConfusionMatrixText {
    /// Draws the matrix. Classes with names wider than their numbers are numbered, and only the rows are named.
    /// - Parameters:
    ///   - counts: `counts[truth][predicted]`, a square.
    ///   - classNames: What each class is called, in the same order.
    package static func lines(counts: [[Int]], classNames: [String]) -> [String] {
        precondition(
            counts.count == classNames.count && counts.allSatisfy { $0.count == classNames.count },
            "A confusion matrix of \(classNames.count) classes has as many rows and columns.")
        let classes = classNames.indices
        let precisions = classes.map { column in
            percent(counts[column][column], of: counts.reduce(0) { $0 + $1[column] })
        }
        let rows = counts.map { row in row.map { $0 == 0 ? "·" : String($0) } }

        let numberWidth = (rows + [precisions]).joined().map(\.count).max() ?? 0
        let isNumbered = classNames.contains { $0.count > numberWidth }
        let lastNumberWidth = String(classes.count - 1).count
        let labels =
            isNumbered
            ? classes.map { "\(String($0).padded(to: lastNumberWidth, .right)) \(classNames[$0])" }
            : classNames
        let titles = isNumbered ? classes.map { String($0) } : classNames

        // One space: most cells are much shorter than the largest.
        var table = TextTable(
            [.init("truth")] + titles.map { .init($0, .right) } + [.init("recall", .right)], gap: 1)
        for truth in classes {
            let recall = percent(counts[truth][truth], of: counts[truth].reduce(0, +))
            table.append([labels[truth]] + rows[truth] + [recall])
        }
        table.append(["precision"] + precisions + [""])
        return ["Columns: predicted class. Rows: true class. Recall and precision in %."] + table.lines
    }

    private static func percent(_ correct: Int, of count: Int) -> String {
        count == 0
            ? "–" : NumberText.fixed(Proportion(correct: correct, count: count).share * 100, decimals: 1)
    }
}
