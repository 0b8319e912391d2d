package import Datasets
package import Evaluation
package import PlainText

/// What a comparison of two models says, as text and as JSON.
package struct ComparisonReport {
    /// Pictures that the text names one by one.
    private static let namedImages = 20

    let comparison: ModelComparison
    let paths: (first: String, second: String)
    let dataset: DatasetDescription
    let split: DatasetSplit

    package init(
        comparison: ModelComparison, paths: (first: String, second: String), dataset: DatasetDescription,
        split: DatasetSplit
    ) {
        self.comparison = comparison
        self.paths = paths
        self.dataset = dataset
        self.split = split
    }

    /// Both accuracies, their difference with its interval and test, and the first pictures on which the models disagree.
    package var lines: [String] {
        let test = comparison.test
        let interval = test.differenceInterval()
        return [
            "\(dataset.title) \(split.rawValue) images, \(NumberText.grouped(test.count)) for both models",
            "A: accuracy \(comparison.first.textWithErrorBar), \(paths.first)",
            "B: accuracy \(comparison.second.textWithErrorBar), \(paths.second)",
            "B less A: \(points(test.accuracyDifference)) points, 95% interval "
                + "\(points(interval.lowerBound)) to \(points(interval.upperBound))",
            "Right in A alone: \(NumberText.grouped(test.onlyFirstRight)), in B alone: "
                + "\(NumberText.grouped(test.onlySecondRight)). McNemar's exact test: \(probability). \(verdict)",
            "",
        ] + disagreements
    }

    /// `{"dataset":"mnist","split":"test","count":10000,"first":{…},"second":{…},"difference":-0.0068,…}`.
    package var json: JSONText {
        func score(_ path: String, _ accuracy: ProportionInterval) -> JSONText {
            .object([
                ("model", .string(path)), ("correct", .integer(accuracy.correct)),
                ("accuracy", .number(accuracy.share)), ("low", .number(accuracy.lowerBound)),
                ("high", .number(accuracy.upperBound)),
            ])
        }
        let test = comparison.test
        let interval = test.differenceInterval()
        return .object([
            ("dataset", .string(dataset.name)), ("split", .string(split.rawValue)),
            ("count", .integer(test.count)), ("first", score(paths.first, comparison.first)),
            ("second", score(paths.second, comparison.second)),
            ("difference", .number(test.accuracyDifference)), ("low", .number(interval.lowerBound)),
            ("high", .number(interval.upperBound)), ("only_first_right", .integer(test.onlyFirstRight)),
            ("only_second_right", .integer(test.onlySecondRight)), ("p", .number(test.pValue)),
            (
                "disagreements",
                .array(
                    comparison.disagreements.map {
                        .object([
                            ("index", .integer($0.sample)), ("label", .integer($0.truth)),
                            ("first", .integer($0.first)), ("second", .integer($0.second)),
                        ])
                    })
            ),
        ])
    }

    private var verdict: String {
        comparison.test.pValue < 0.05
            ? "So large a difference is rarely chance." : "So large a difference may well be chance."
    }

    private var probability: String {
        let p = comparison.test.pValue
        return p < 0.0001 ? "p < 0.0001" : "p = \(NumberText.fixed(p, decimals: 4))"
    }

    private var disagreements: [String] {
        let all = comparison.disagreements
        guard !all.isEmpty else { return ["They read every picture alike."] }
        let names = dataset.classNames
        let named = all.prefix(Self.namedImages).map {
            "  picture \($0.sample): label \(names[$0.truth]), "
                + "A reads \(names[$0.first]), B reads \(names[$0.second])"
        }
        let more = all.count - named.count
        return ["They disagree on \(NumberText.grouped(all.count)) pictures:"] + named
            + (more > 0 ? ["  and \(NumberText.grouped(more)) more, which --json lists"] : [])
    }

    /// A share as percentage points with its sign.
    private func points(_ share: Double) -> String {
        (share > 0 ? "+" : "") + NumberText.fixed(share * 100, decimals: 2)
    }
}
