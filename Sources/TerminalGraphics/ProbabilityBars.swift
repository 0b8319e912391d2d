import PlainText

/// Classes ranked by probability, one bar each:
///
/// ```
/// 9 ███████████████████████████▉  99.80%
/// 4 ▏                              0.13%
/// ```
package enum ProbabilityBars {
    /// Draws the bars, the most probable class first; equal ones in the order of the classes.
    /// - Parameters:
    ///   - probabilities: One for each class, 0…1.
    ///   - classNames: What each class is called.
    ///   - limit: How many of the first are shown.
    ///   - width: Characters of a full bar.
    /// - Precondition: There are as many names as probabilities.
    package static func lines(
        probabilities: [Double], classNames: [String], limit: Int = 5, width: Int = 30
    ) -> [String] {
        precondition(
            probabilities.count == classNames.count,
            "\(probabilities.count) probabilities and \(classNames.count) class names.")
        let ranked = probabilities.indices.sorted {
            (probabilities[$1], $0) < (probabilities[$0], $1)
        }
        let shown = ranked.prefix(limit)
        let nameWidth = shown.map { classNames[$0].count }.max() ?? 0
        return shown.map { index in
            let name = classNames[index].padded(to: nameWidth, .left)
            let bar = Bar.text(probabilities[index], width: width)
            let percent = NumberText.percent(probabilities[index]).padded(to: 7, .right)
            return "\(name) \(bar) \(percent)"
        }
    }
}
