import TerminalGraphics
import Testing

@Suite struct TrainingChartTests {
    private func chart(epochs: Int, hasValidation: Bool = true) -> TrainingChart {
        var chart = TrainingChart()
        for epoch in 1...epochs {
            let loss = 1 / Double(epoch)
            chart.append(
                loss: loss, accuracy: 1 - loss / 2,
                validation: hasValidation ? (loss: loss + 0.1, accuracy: 0.9 - loss / 2) : nil)
        }
        return chart
    }

    @Test func curvesStandInFramesWithTheirNumbers() {
        var chart = TrainingChart()
        chart.append(loss: 0.8, accuracy: 0.8, validation: nil)
        chart.append(loss: 0.4, accuracy: 0.9, validation: nil)
        chart.append(loss: 0.05, accuracy: 1, validation: nil)
        #expect(
            chart.lines(columns: 34, rows: 20, colors: .none) == [
                "* training, by epoch",
                "Loss  * 0.0500",
                "1.0┤",
                "   │****",
                "   │    ********",
                "0.5┤            *******",
                "   │                   *******",
                "0.0┤                          ****",
                "   └──────────────────────────────",
                "    1              2             3",
                "Accuracy  * 100.00%",
                "100%┤                          ***",
                "    │                     *****",
                "    │                 ****",
                " 90%┤           ******",
                "    │    *******",
                " 80%┤****",
                "    └─────────────────────────────",
                "     1             2             3",
            ])
    }

    @Test func bothCurvesAreSeenWithAndWithoutColor() {
        let plain = chart(epochs: 4).lines(columns: 80, rows: 24, colors: .none)
        #expect(plain[0] == "* training  o validation, by epoch")
        #expect(plain[1].hasPrefix("Loss  * 0.2500  o 0.3500  "))
        #expect(plain[1].hasSuffix("Accuracy  * 87.50%  o 77.50%"))
        for letter in ["*", "o"] {
            #expect(plain[2...].joined().split(separator: letter).count > 10, "\(letter)")
        }
        let colored = chart(epochs: 4).lines(columns: 80, rows: 24, colors: .indexed)
        #expect(
            colored[0]
                == "\u{1B}[38;5;33m●\u{1B}[0m training  \u{1B}[38;5;208m■\u{1B}[0m validation, by epoch")
        let dots = colored[2...].joined().unicodeScalars.filter { (0x2801...0x28FF).contains($0.value) }
        #expect(dots.count > 60)
        #expect(colored.count == plain.count)
    }

    @Test func theOnlyEpochIsAMarkInTheMiddle() throws {
        let lines = chart(epochs: 1, hasValidation: false).lines(columns: 80, rows: 24, colors: .none)
        let row = try #require(lines[2...].first { $0.contains("*") })
        let place = try #require(row.firstIndex(of: "*"))
        let start = try #require(row.firstIndex { "│┤".contains($0) })
        #expect((16...18).contains(row.distance(from: start, to: place)))
        #expect(lines[2...].joined().split(separator: "*", omittingEmptySubsequences: false).count == 3)
        let colored = chart(epochs: 1, hasValidation: false).lines(columns: 80, rows: 24, colors: .indexed)
        #expect(colored[2...].joined().split(separator: "●", omittingEmptySubsequences: false).count == 3)
    }

    @Test func numbersThatAreNotFiniteLeaveAGap() {
        var chart = TrainingChart()
        for loss in [0.5, 0.5, .nan, 0.5, .infinity] {
            chart.append(loss: loss, accuracy: 0.5, validation: (loss: .nan, accuracy: .nan))
        }
        let lines = chart.lines(columns: 36, rows: 24, colors: .none)
        #expect(lines[1] == "Loss  * inf  o nan")
        // Epochs 1 and 2 are joined, 4 stands alone.
        let rows = lines[2...].filter { $0.contains("*") }
        #expect(rows[0].drop { $0 != "│" && $0 != "┤" }.dropFirst() == "*********              *")
        #expect(!lines[2...8].joined().contains("o"))
    }

    @Test func aChartWithoutAFiniteNumberIsAnEmptyFrame() {
        var chart = TrainingChart()
        chart.append(loss: .nan, accuracy: .nan, validation: nil)
        let lines = chart.lines(columns: 80, rows: 24, colors: .none)
        #expect(lines.count == 14 && !lines[2...].joined().contains("*"))
    }

    @Test(arguments: [1, 2, 5, 10, 99, 1000])
    func noSizeBreaksALineOrTheScreen(epochs: Int) {
        let chart = chart(epochs: epochs)
        for columns in 1...200 {
            for rows in [1, 6, 7, 13, 14, 24, 50] {
                for colors in [TerminalStream.ColorDepth.none, .indexed] {
                    let lines = chart.lines(columns: columns, rows: rows, colors: colors)
                    #expect(lines.count <= rows)
                    #expect(lines.allSatisfy { $0.visibleCount <= columns }, "\(columns)×\(rows)")
                    if columns >= 34 && rows >= 13 { #expect(lines.count > 10) }
                }
            }
        }
    }

    @Test(arguments: [1, 9, 10, 99, 1000])
    func theLastEpochIsMarkedAndNoNumberTouchesAnother(epochs: Int) throws {
        let lines = chart(epochs: epochs).lines(columns: 34, rows: 24, colors: .none)
        let numbers = lines[11].split(separator: " ").compactMap { Int($0) }
        #expect(numbers.last == epochs)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0 <= epochs })
        #expect(epochs == 1 || numbers.count > 1)
    }

    @Test func epochsToComeHaveTheirRoom() {
        let lines = chart(epochs: 2).lines(columns: 80, rows: 24, colors: .none, epochs: 10)
        #expect(lines.last?.hasSuffix("10") == true)
        #expect(
            chart(epochs: 12).lines(columns: 80, rows: 24, colors: .none, epochs: 10).last?.hasSuffix("12")
                == true)
    }

    @Test func thereIsNoChartWithoutAnEpoch() {
        #expect(TrainingChart().lines(columns: 80, rows: 24, colors: .none) == [])
    }
}
