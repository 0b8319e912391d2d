import Synchronization
import TerminalGraphics
import Testing

@Suite struct ProgressBarTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        let seconds = Mutex(0.0)
        func advance(_ time: Double) { seconds.withLock { $0 += time } }
        var now: @Sendable () -> Double { { self.seconds.withLock { $0 } } }
    }

    private let summary = ProgressBar.EpochSummary(
        seconds: 5.21, imagesPerSecond: 8061.4, loss: 0.12344, accuracy: 0.96213,
        validation: (loss: 0.1301, accuracy: 0.959))
    private let summaryLine =
        "Epoch 1/2  5.21 s  8,061 images/s  loss 0.1234  accuracy 96.21%  val_loss 0.1301  val_accuracy 95.90%\n"

    /// A line that is written over another.
    private func erasing(_ line: String) -> String { line.dropLast() + "\u{1B}[K\n" }

    @Test func aFileGetsOneLineForEachEpoch() throws {
        let file = WrittenText()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: false), epochs: 2, imagesPerEpoch: 42000)
        bar.update(epoch: 1, images: 32, loss: 2.3, accuracy: 0.1)
        bar.finish(epoch: 1, summary)
        #expect(file.text == summaryLine)
    }

    @Test(arguments: [
        (102, "  5.21 s  8,061 images/s", ""), (101, "  5.21 s", ""), (86, "  5.21 s", ""), (85, "", ""),
        (80, "", ""), (78, "", ""), (77, "", "\n"),
    ])
    func aFinishedEpochFitsTheTerminalAndLosesNoScore(columns: Int, speed: String, end: String) throws {
        let file = WrittenText()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: columns), epochs: 2, imagesPerEpoch: 42000)
        bar.finish(epoch: 1, summary)
        let separator = end.isEmpty ? "  " : "\n  "
        #expect(
            file.text
                == "Epoch 1/2\(speed)  loss 0.1234  accuracy 96.21%  val_loss 0.1301\(separator)val_accuracy 95.90%\n"
        )
    }

    @Test func aTerminalGetsABarWithRateAndTimeLeft() throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 2, imagesPerEpoch: 400, now: clock.now)
        clock.advance(2)
        bar.update(epoch: 1, images: 100, loss: 2.25, accuracy: 0.5)
        #expect(
            file.text
                == "\rEpoch 1/2 ██████▌░░░░░░░░░░░░░░░░░░░  25%  100/400  50 images/s  ETA 0:14  loss 2.2500  accuracy 50.00%\u{1B}[K"
        )
        bar.finish(epoch: 1, summary)
        #expect(file.text.hasSuffix("\u{1B}[K\r" + erasing(summaryLine)))
    }

    @Test func theBarIsDrawnAtMostTenTimesASecond() throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 1, imagesPerEpoch: 1000, now: clock.now)
        for image in 0..<1000 {
            clock.advance(0.001)
            bar.update(epoch: 1, images: image, loss: 1, accuracy: 0)
        }
        let drawings = file.text.split(separator: "\r").count
        #expect((9...11).contains(drawings))
    }

    @Test(arguments: [
        (
            120,
            "Epoch 1/1 ██████████▍░░░░░░░░░░░░░░░  40%  24,064/60,000  6,504 images/s  ETA 0:06  loss 0.1204  accuracy 96.31%"
        ),
        (
            100,
            "Epoch 1/1 █████▏░░░░░░░  40%  24,064/60,000  6,504 images/s  ETA 0:06  loss 0.1204  accuracy 96.31%"
        ),
        (80, "Epoch 1/1 ███▏░░░░  40%  6,504 images/s  ETA 0:06  loss 0.1204  accuracy 96.31%"),
        (60, "Epoch 1/1 █████▌░░░░░░░░  40%  loss 0.1204  accuracy 96.31%"),
        (40, "Epoch 1/1  loss 0.1204  accuracy 96.31%"),
        (30, "loss 0.1204  accuracy 96.31%"),
    ])
    func aNarrowTerminalGetsAShorterBarAndFewerFields(columns: Int, text: String) throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: columns), epochs: 1, imagesPerEpoch: 60_000,
            now: clock.now)
        clock.advance(3.7)
        bar.update(epoch: 1, images: 24_064, loss: 0.1204, accuracy: 0.9631)
        #expect(file.text == "\r\(text)\u{1B}[K")
    }

    @Test(arguments: 29...130)
    func noWidthCutsAWordOrFillsTheLastColumn(columns: Int) throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: columns), epochs: 10, imagesPerEpoch: 60_000,
            now: clock.now)
        clock.advance(7)
        bar.update(epoch: 10, images: 100, loss: 0.5, accuracy: 0.25)
        let drawn = file.text.dropFirst(1).prefix { $0 != "\u{1B}" }
        #expect(drawn.count < columns)
        #expect(drawn.hasSuffix("loss 0.5000  accuracy 25.00%"))
    }

    @Test func beforeTheFirstImageTheTimeLeftIsUnknown() throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 1, imagesPerEpoch: 10, now: clock.now)
        bar.update(epoch: 1, images: 0, loss: .nan, accuracy: .nan)
        #expect(file.text.contains("0 images/s  ETA -:--  loss nan"))
    }

    @Test func aChartGrowsBelowTheFinishedEpochsAndStays() throws {
        let file = WrittenText()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: 110), epochs: 2, imagesPerEpoch: 400,
            showsChart: true, now: clock.now)
        func screen() -> [String] {
            var screen = Screen(columns: 110)
            screen.write(file.text)
            return screen.lines
        }
        bar.update(epoch: 1, images: 16, loss: 2.5, accuracy: 0)
        #expect(screen().count == 1)
        clock.advance(1)
        bar.update(epoch: 1, images: 32, loss: 2.25, accuracy: 0.5)
        #expect(screen().count == 15, "The epoch on its way is in the chart.")
        #expect(screen()[1].hasPrefix("Loss  ● 2.2500"))
        #expect(screen()[14].hasPrefix("Epoch 1/2 "))
        bar.finish(epoch: 1, summary)
        #expect(screen()[0] + "\n" == summaryLine)
        #expect(screen()[2].hasPrefix("Loss  ● 0.1234  ■ 0.1301"))
        #expect(screen().count == 15, "The bar is gone.")
        bar.update(epoch: 2, images: 32, loss: 0.1, accuracy: 0.97)
        #expect(screen()[2].hasPrefix("Loss  ● 0.1234  ■ 0.1301"), "Less than a second ago.")
        clock.advance(1)
        bar.update(epoch: 2, images: 64, loss: 0.09, accuracy: 0.97)
        #expect(screen()[2].hasPrefix("Loss  ● 0.0900  ■ 0.1301"))
        #expect(screen()[15].hasPrefix("Epoch 2/2 ") && screen().count == 16)
        bar.end()
        #expect(screen()[2].hasPrefix("Loss  ● 0.1234  ■ 0.1301"), "Finished epochs alone stay.")
        #expect(screen().count == 16 && screen()[15] == "", "The cursor is below the chart.")
    }

    @Test func theEchoOfAnInterruptFitsBesideTheBarUnderAChart() throws {
        for columns in 35...130 {
            let file = WrittenText()
            let clock = Clock()
            let bar = ProgressBar(
                stream: file.stream(isTerminal: true, columns: columns), epochs: 1, imagesPerEpoch: 60_000,
                showsChart: true, now: clock.now)
            clock.advance(1)
            bar.update(epoch: 1, images: 100, loss: 0.5, accuracy: 0.25)
            var screen = Screen(columns: columns)
            screen.write(file.text + "^C")
            #expect(screen.lines.count > 10)
            #expect(screen.lines.last?.hasSuffix("accuracy 25.00%^C") == true)
        }
    }

    @Test func aFileGetsTheChartOnceAtTheEnd() throws {
        let file = WrittenText()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: false), epochs: 2, imagesPerEpoch: 400, showsChart: true)
        bar.update(epoch: 1, images: 32, loss: 2.3, accuracy: 0.1)
        bar.finish(epoch: 1, summary)
        #expect(file.text == summaryLine)
        bar.end()
        let lines = file.text.split(separator: "\n")
        #expect(lines.count == 15)
        #expect(lines[2].hasPrefix("Loss  * 0.1234  o 0.1301"))
        #expect(!file.text.contains("\u{1B}"))
    }

    @Test func aTerminalThatIsTooSmallGetsTheBarAlone() throws {
        let file = WrittenText()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: 33), epochs: 2, imagesPerEpoch: 400,
            showsChart: true)
        bar.update(epoch: 1, images: 32, loss: 2.3, accuracy: 0.1)
        bar.finish(epoch: 1, summary)
        bar.end()
        let lines = [
            "Epoch 1/2  loss 0.1234\n", "  accuracy 96.21%\n", "  val_loss 0.1301\n",
            "  val_accuracy 95.90%\n",
        ]
        #expect(
            file.text == "\rloss 2.3000  accuracy 10.00%\u{1B}[K\r" + lines.map(erasing).joined())
    }
}
