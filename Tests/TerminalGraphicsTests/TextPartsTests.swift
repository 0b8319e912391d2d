import Evaluation
import PlainText
import TerminalGraphics
import Testing

@Suite struct WrappedTextTests {
    private let settings = "Settings: recipe notebook; data mnist; adam, learning rate 0.001; seed 1"

    @Test func linesBreakOnlyAfterSemicolons() {
        #expect(
            settings.wrappedAtSemicolons(to: 38)
                == "Settings: recipe notebook; data mnist;\n  adam, learning rate 0.001; seed 1")
        #expect(
            settings.wrappedAtSemicolons(to: 37)
                == "Settings: recipe notebook;\n  data mnist;\n  adam, learning rate 0.001; seed 1")
    }

    @Test func whatIsLongerThanALineBreaksBetweenWordsAndThenAfterCommas() {
        #expect(
            settings.wrappedAtSemicolons(to: 20)
                == "Settings: recipe\n  notebook;\n  data mnist; adam,\n  learning rate\n  0.001; seed 1")
        #expect(
            "augmentation rotation:12,shift:2,scale:0.12".wrapped(to: 22)
                == "augmentation\n  rotation:12,shift:2,\n  scale:0.12")
    }

    @Test func onlyAWordWithoutCommasIsLongerThanALine() {
        let text = "  The model is in runs/notebook-0001/model.safetensors, its history beside it."
        for columns in 1...text.count {
            let lines = text.wrapped(to: columns, indentation: 4).split(separator: "\n").map(String.init)
            #expect(lines.joined(separator: " ").split(separator: " ") == text.split(separator: " "))
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("    ") && $0.last != " " })
            #expect(lines.allSatisfy { $0.count <= columns || !$0.drop { $0 == " " }.contains(" ") })
        }
    }

    @Test func coloursTakeNoRoom() {
        let text = "\u{1B}[38;5;33mloss\u{1B}[0m 0.1"
        #expect(text.wrapped(to: 8) == text)
    }

    @Test func nothingChangesWhereThereIsRoom() {
        #expect(settings.wrappedAtSemicolons(to: settings.count) == settings)
        #expect(settings.wrappedAtSemicolons(to: nil) == settings)
        #expect("".wrappedAtSemicolons(to: 10) == "")
    }
}

@Suite struct BarTests {
    @Test(arguments: [
        (0.0, "    "), (0.5, "██  "), (1.0, "████"), (0.28125, "█▏  "), (-1.0, "    "), (7.0, "████"),
        (.nan, "    "),
    ])
    func barIsFilledInEighths(share: Double, text: String) {
        #expect(Bar.text(share, width: 4) == text)
    }
}

@Suite struct ProbabilityBarsTests {
    @Test func classesAreRankedAndTiesKeepTheirOrder() {
        let lines = ProbabilityBars.lines(
            probabilities: [0.25, 0.5, 0.25], classNames: ["a", "bb", "c"], limit: 3, width: 4)
        #expect(lines == ["bb ██    50.00%", "a  █     25.00%", "c  █     25.00%"])
    }

    @Test func onlyTheFirstAreShown() {
        let lines = ProbabilityBars.lines(
            probabilities: [0.1, 0.9], classNames: ["0", "1"], limit: 1, width: 2)
        #expect(lines == ["1 █▊  90.00%"])
    }
}

@Suite struct ConfusionMatrixTextTests {
    @Test func rowsAreTruthWithRecallAndPrecision() throws {
        let lines = ConfusionMatrixText.lines(
            try ConfusionMatrix(counts: [[1200, 0], [3, 1]]), classNames: ["0", "1"])
        #expect(
            lines == [
                "Columns: predicted class. Rows: true class. Recall and precision in %.",
                "truth        0     1 recall",
                "───────────────────────────",
                "0         1200     ·  100.0",
                "1            3     1   25.0",
                "precision 99.8 100.0",
            ])
    }

    @Test func longNamesStandInTheRowsAlone() throws {
        let lines = ConfusionMatrixText.lines(
            try ConfusionMatrix(counts: [[1200, 0], [3, 1]]), classNames: ["T-shirt/top", "Bag"])
        #expect(
            lines.dropFirst() == [
                "truth            0     1 recall",
                "───────────────────────────────",
                "0 T-shirt/top 1200     ·  100.0",
                "1 Bag            3     1   25.0",
                "precision     99.8 100.0",
            ])
    }

    @Test(arguments: [
        (0..<10).map { String($0) },
        (0..<10).map { "\($0)".padded(to: 11, .left) },
    ])
    func tenClassesFitIntoEightyCharacters(classNames: [String]) throws {
        let counts = (0..<10).map { truth in (0..<10).map { truth == $0 ? 99_999 : 0 } }
        let lines = ConfusionMatrixText.lines(try ConfusionMatrix(counts: counts), classNames: classNames)
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func aClassThatNeverOccursHasNoShare() throws {
        let lines = ConfusionMatrixText.lines(
            try ConfusionMatrix(counts: [[1, 0], [0, 0]]), classNames: ["0", "1"])
        #expect(lines[4].hasSuffix("–"))
        #expect(lines[5].hasSuffix("–"))
    }
}
