import Figures
import TestSupport
import Testing

/// Where the marks of the charts with axes lie.
@Suite struct ChartTests {
    /// The middle of a text, along the baseline.
    private func middle(_ text: String, in node: SVGNode) throws -> Double {
        let found = try #require(node.elements("text").first { $0.text == text }, "no text '\(text)'")
        return try found.box().midX
    }

    @Test(arguments: [(1, 1), (5, 4), (99, 79), (99, 1), (99, 99)])
    func bestEpochIsMarkedAtItsPlace(count: Int, best: Int) throws {
        let document = try SVGNode.parse(.trainingCurves(SampleFigures.curves(count, best: best)))
        let marks = document.elements("g").filter { $0.children.first?.text == "Best epoch: \(best)" }
        #expect(marks.count == 2)
        for (mark, name) in zip(marks, ["Loss", "Accuracy"]) {
            let line = mark.elements("polyline")[0].points
            #expect(line[0].x == line[1].x)
            #expect(mark.texts == ["best: epoch \(best)"])
            // The curves reach from the first epoch to the last in equal steps.
            let curve = try document.group("\(name), training")
            if count > 1 {
                let points = curve.elements("polyline")[0].points
                #expect(points.count == count)
                let step = (points[count - 1].x - points[0].x) / Double(count - 1)
                #expect(abs(line[0].x - points[0].x - Double(best - 1) * step) < 0.02)
                #expect(abs(line[0].x - points[best - 1].x) < 0.02)
            } else {
                #expect(try curve.elements("circle").map { try $0.number("cx") } == [line[0].x])
            }
        }
    }

    @Test func curvesLieAtTheHeightOfTheirValues() throws {
        let curves = TrainingCurves(
            trainingLoss: [0.3, 0.2, 0.1], trainingAccuracy: [0.9, 0.95, 1], validationLoss: [0.2, 0.2, 0.2],
            validationAccuracy: [0.95, 0.95, 0.95])
        let document = try SVGNode.parse(.trainingCurves(curves))
        let loss = try document.group("Loss, training").elements("polyline")[0].points
        let flat = try document.group("Loss, validation").elements("polyline")[0].points
        #expect(loss[0].y < loss[1].y && abs(loss[0].y + loss[2].y - 2 * loss[1].y) < 0.02)
        #expect(flat.allSatisfy { abs($0.y - loss[1].y) < 0.02 })
        let accuracy = try document.group("Accuracy, training").elements("polyline")[0].points
        #expect(accuracy[0].y > accuracy[2].y)
        // The mark of 0 is where the loss would be 0.
        let zero = try #require(document.elements("text").first { $0.text == "0.0" }).number("y")
        let size = PlotArea.labelSize
        #expect(abs(zero - TextMetrics.capitalHeight / 2 * size - (loss[2].y + loss[2].y - loss[1].y)) < 0.05)
    }

    @Test func theOnlyEpochIsToldInNumbers() throws {
        let curves = TrainingCurves(
            trainingLoss: [0.25], trainingAccuracy: [0.9], validationLoss: [0.125], validationAccuracy: [0.95]
        )
        let texts = try SVGNode.parse(.trainingCurves(curves)).texts
        for text in ["0.2500", "0.1250", "90.00%", "95.00%"] { #expect(texts.contains(text), "\(text)") }
        let long = try SVGNode.parse(.trainingCurves(SampleFigures.curves(5))).texts
        #expect(!long.contains { $0.count == 6 && $0.hasPrefix("0.") })
    }

    @Test func whyTheLossesLieApartIsSaidWhereLabelsAreSmoothed() throws {
        func notes(_ curves: TrainingCurves) throws -> String {
            try SVGNode.parse(.trainingCurves(curves)).texts.joined(separator: " ")
        }
        var curves = SampleFigures.smoothedCurves
        #expect(try notes(curves).contains("its labels are smoothed by 0.1:"))
        curves.labelSmoothing = 0
        #expect(try !notes(curves).contains("smooth"))
        let alone = TrainingCurves(trainingLoss: [0.5, 0.4], trainingAccuracy: [0.9, 0.91])
        #expect(try !notes(alone).contains("smooth"))
    }

    @Test func epochsWithoutNumberLeaveAGapThatIsSaid() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "training-nan" }).figure
        let document = try SVGNode.parse(figure)
        func lengths(_ name: String) throws -> [Int] {
            try document.group(name).elements("polyline").map(\.points.count)
        }
        #expect(try lengths("Loss, training") == [2, 9])
        #expect(try lengths("Loss, validation") == [5, 3])
        #expect(try lengths("Accuracy, validation") == [10])
        // The last epoch stands alone: a mark without a line.
        #expect(try document.group("Accuracy, validation").elements("polygon").count == 11)
        #expect(
            document.texts.filter { $0.hasPrefix("Gap") } == [
                "Gap: the training loss is not a finite number in epoch 3.",
                "Gap: the validation loss is not a finite number in epochs 6–9.",
                "Gap: the validation accuracy is not a finite number in epoch 11.",
            ])
        #expect(figure.table.rows[2][1] == "not a number" && figure.table.rows[1][1] != "not a number")
    }

    @Test(arguments: [10, 26]) func confusionMatrixHasACellForEachPair(count: Int) throws {
        let counts = SampleFigures.counts(count, scale: 900)
        let classes = Array(SampleFigures.letters.prefix(count))
        let figure = Figure.confusionMatrix(counts: counts, classes: classes)
        let document = try SVGNode.parse(figure)
        var columns: Set<Double> = []
        for (row, name) in classes.enumerated() {
            let group = try document.group("Label \(name)")
            let cells = try group.elements("rect").map { try $0.box() }
            #expect(cells.count == count && Set(cells.map(\.y)).count == 1)
            columns.formUnion(cells.map(\.x))
            let total = counts[row].reduce(0, +)
            let filled = counts[row].filter { $0 > 0 }
            let shares = filled.map { "\(Double($0 * 1000 / total) / 10)" }
            #expect(group.texts.count == 2 * filled.count)
            for (index, count) in filled.enumerated() {
                #expect(group.texts[2 * index] == String(count))
                // Rounding may go up where the integer division does not.
                let share = try #require(Double(group.texts[2 * index + 1].dropLast()))
                #expect(try abs(share - #require(Double(shares[index]))) < 0.11)
            }
            for (text, box) in zip(group.elements("text"), filled.indices.flatMap { [$0, $0] }) {
                let column = counts[row].indices.filter { counts[row][$0] > 0 }[box]
                #expect(try cells[column].contains(text.box()), "'\(text.text)' is not in its cell")
            }
        }
        #expect(columns.count == count)
        #expect(figure.table.rows.count == count && figure.table.header.count == count + 3)
    }

    @Test func confusionMatrixShadesMistakesUnlikeTheDiagonal() throws {
        let document = try SVGNode.parse(.confusionMatrix(counts: [[5, 5], [1, 9]], classes: ["a", "b"]))
        let fills = document.elements("g").flatMap {
            $0.elements("rect").compactMap { $0.attributes["fill"] }
        }
        #expect(
            fills
                == [
                    ColorMap.right.color(at: 0.15 + 0.85 * 0.5), ColorMap.wrong.color(at: 0.85),
                    ColorMap.wrong.color(at: 0.1 + 0.75 * 0.2), ColorMap.right.color(at: 0.15 + 0.85 * 0.9),
                ].map { color in
                    "#"
                        + [color.red, color.green, color.blue].map {
                            ($0 < 16 ? "0" : "") + String($0, radix: 16)
                        }.joined()
                })
    }

    /// On a dark page, a light shade would glow brighter than a deep one.
    @Test func ofMistakesTheMoreFrequentStandsOutFromEitherBackground() throws {
        for ramp in [ColorMap.right, .wrong, .rightOnDark, .wrongOnDark] {
            let colors = (0...10).map { ramp.color(at: Double($0) / 10).luminance }
            let contrasts = colors.map { abs($0 - colors[0]) }
            #expect(zip(contrasts, contrasts.dropFirst()).allSatisfy { $0 < $1 }, "\(ramp)")
        }
        #expect(ColorMap.wrongOnDark.color(at: 0).luminance < 0.02)
        let figure = Figure.confusionMatrix(counts: [[5, 5], [1, 9]], classes: ["a", "b"])
        let cells = try SVGNode.parse(figure.svg(theme: .page)).elements("rect")
        #expect(cells.count == 4)
        for cell in cells {
            #expect(
                cell.attributes["style"]?.hasPrefix("fill:light-dark(\(cell.attributes["fill"] ?? ""),#")
                    == true)
        }
    }

    @Test func barsOfConfusedPairsAreAsLongAsTheirCounts() throws {
        let document = try SVGNode.parse(.confusedPairs(SampleFigures.pairs))
        let bars = try document.elements("g").map { try $0.elements("rect")[0].box() }
        #expect(bars.count == 4 && Set(bars.map(\.x)).count == 1)
        for (bar, pair) in zip(bars, SampleFigures.pairs) {
            #expect(abs(bar.width / bars[0].width - Double(pair.count) / 12) < 0.001)
        }
        #expect(document.texts.contains("12 of 982 (1.22%)") && document.texts.contains("4 read as 9"))
    }

    @Test func scoresLieOnTheirAxisAndUndefinedOnesNowhere() throws {
        let scores = SampleFigures.scores(SampleFigures.names(10))
        let document = try SVGNode.parse(.classScores(scores))
        let left = try middle("94%", in: document)
        let right = try middle("100%", in: document)
        for score in scores {
            let group = try document.group("Class \(score.name)")
            let place = try group.elements("circle")[0].number("cx")
            #expect(abs(place - (left + (right - left) * (score.precision - 0.94) / 0.06)) < 0.05)
        }

        let undefined = try #require(SampleFigures.all.first { $0.name == "scores-undefined" }).figure
        let row = try SVGNode.parse(undefined).group("Class 1")
        // Only the recall is defined there: one square, and dashes for the others.
        #expect(row.elements("circle").isEmpty && row.elements("polygon").count == 1)
        #expect(row.texts == ["1", "–", "0.00%", "–", "1"])
    }

    @Test func barsOfReliabilityAreAsHighAsTheAccuracy() throws {
        let reliability = SampleFigures.reliability("test", shift: 0.09)
        let document = try SVGNode.parse(.reliability([reliability]))
        #expect(document.texts.contains("calibration error (ECE): 9.00%"))
        let groups = document.elements("g").filter { $0.children.first?.text.hasPrefix("Confidence") == true }
        let filled = reliability.bins.filter { $0.count > 0 }
        #expect(groups.count == filled.count)
        // Before it, a rectangle cuts the picture out.
        let bars = try groups.map { try #require($0.elements("rect").last).box() }
        for (index, bin) in filled.enumerated() {
            #expect(abs(bars[index].height / bars[7].height - bin.accuracy / filled[7].accuracy) < 0.001)
            #expect(abs(bars[index].maxY - bars[7].maxY) < 0.02)
            // The line is higher than the bar by what the network is too sure.
            let line = groups[index].elements("polyline")[0].points[0].y
            let unit = bars[7].height / filled[7].accuracy
            #expect(abs((bars[index].y - line) / unit - 0.09) < 0.001)
        }
    }

    @Test func binsOfFewPredictionsAreHollowAndEachTellsItsCount() throws {
        let bins = [24, 25, 1200, 0].enumerated().map { index, count in
            ReliabilityBin(
                confidences: Double(index) / 4...Double(index + 1) / 4, count: count,
                meanConfidence: Double(index) / 4, accuracy: 0.5)
        }
        let document = try SVGNode.parse(.reliability([ReliabilityDiagram(bins: bins, calibrationError: 0)]))
        let groups = document.elements("g").filter { $0.children.first?.text.hasPrefix("Confidence") == true }
        #expect(groups.flatMap(\.texts) == ["24", "25", "1,200"])
        let fills = groups.map { $0.elements("rect").last?.attributes["fill"] }
        #expect(fills == ["#ffffff", "#0072b2", "#0072b2"])
    }

    @Test func robustnessHasAPanelForEachKindOnOneScale() throws {
        let document = try SVGNode.parse(.robustness(SampleFigures.robustness, cleanAccuracy: 0.9912))
        var clean: [Double] = []
        for curve in SampleFigures.robustness {
            let panel = try document.group(curve.name)
            let marks = try panel.elements("circle").map { try Point(x: $0.number("cx"), y: $0.number("cy")) }
            #expect(marks.count == curve.accuracies.filter(\.isFinite).count)
            let dashed = try #require(
                panel.elements("polyline").first { $0.attributes["stroke-dasharray"] != nil })
            let undistorted = try #require(curve.accuracies.firstIndex(of: 0.9912))
            #expect(abs(marks[undistorted].y - dashed.points[0].y) < 0.02)
            clean.append(dashed.points[0].y)
        }
        #expect(clean[0] == clean[1] && clean[2] == clean[3] && clean[0] < clean[2])
        #expect(document.texts.contains("Gap: the accuracy is not a number for Shift at 4."))
    }

    @Test func corruptionsHaveAPictureAndABarOfTheirAccuracy() throws {
        let document = try SVGNode.parse(.corruptions(SampleFigures.corruptions, cleanAccuracy: 0.9912))
        let groups = try ["Shot noise: 97.00%", "Fog: 0.00%", "Brightness: 16.34%", "Scale: 100.00%"].map {
            try document.group($0)
        }
        #expect(groups.allSatisfy { $0.elements("image").count == 1 })
        // Before it, a rectangle cuts the picture out.
        let bars = try groups.map { try #require($0.elements("rect").last).box() }
        for (bar, accuracy) in zip(bars, SampleFigures.corruptions.map(\.accuracy)) {
            #expect(bar.x == bars[3].x && abs(bar.width / bars[3].width - accuracy) < 0.001)
        }
        let dashed = try #require(
            document.elements("polyline").first { $0.attributes["stroke-dasharray"] != nil })
        #expect(abs((dashed.points[0].x - bars[3].x) / bars[3].width - 0.9912) < 0.001)
        #expect(document.texts.contains("Mean of all: 53.34%."))
    }
}
