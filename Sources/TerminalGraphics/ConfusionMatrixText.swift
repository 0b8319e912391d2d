package import Evaluation
import PlainText

/// A confusion matrix as text: a row for each true class, a column for each predicted one, recall at the right and
/// precision beneath, both in per cent. Zeros are dots, so that mistakes stand out.
///
/// Ten classes with counts below 100,000 fit into 80 characters if no name is longer than eleven.
package enum ConfusionMatrixText {
    /// Draws the matrix. Classes with names wider than their numbers are numbered, and only the rows are named.
    /// - Parameter classNames: What each class of the matrix is called, in the same order.
    package static func lines(_ matrix: ConfusionMatrix, classNames: [String]) -> [String] {
        precondition(
            matrix.classCount == classNames.count,
            "A confusion matrix of \(matrix.classCount) classes cannot have \(classNames.count) names.")
        let classes = classNames.indices
        let precisions = classes.map { percent(matrix.precision(of: $0)) }
        let rows = matrix.counts.map { row in row.map { $0 == 0 ? "·" : String($0) } }

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
            table.append([labels[truth]] + rows[truth] + [percent(matrix.recall(of: truth))])
        }
        table.append(["precision"] + precisions + [""])
        return ["Columns: predicted class. Rows: true class. Recall and precision in %."] + table.lines
    }

    private static func percent(_ share: Double?) -> String {
        share.map { NumberText.fixed($0 * 100, decimals: 1) } ?? "–"
    }
}
