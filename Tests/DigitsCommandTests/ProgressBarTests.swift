import DigitsCommand
import Synchronization
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

    @Test func aFileGetsOneLineForEachEpoch() throws {
        let file = try OpenFile()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: false), epochs: 2, imagesPerEpoch: 42000)
        bar.update(epoch: 1, images: 32, loss: 2.3, accuracy: 0.1)
        bar.finish(epoch: 1, summary)
        #expect(try file.text() == summaryLine)
    }

    @Test func aTerminalGetsABarWithRateAndTimeLeft() throws {
        let file = try OpenFile()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 2, imagesPerEpoch: 400, now: clock.now)
        clock.advance(2)
        bar.update(epoch: 1, images: 100, loss: 2.25, accuracy: 0.5)
        #expect(
            try file.text()
                == "\rEpoch 1/2 ██████▌░░░░░░░░░░░░░░░░░░░  25%  100/400  50 images/s  ETA 0:14  loss 2.2500  accuracy 50.00%\u{1B}[K"
        )
        bar.finish(epoch: 1, summary)
        #expect(try file.text().hasSuffix("\u{1B}[K\r\u{1B}[K" + summaryLine))
    }

    @Test func theBarIsDrawnAtMostTenTimesASecond() throws {
        let file = try OpenFile()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 1, imagesPerEpoch: 1000, now: clock.now)
        for image in 0..<1000 {
            clock.advance(0.001)
            bar.update(epoch: 1, images: image, loss: 1, accuracy: 0)
        }
        let drawings = try file.text().split(separator: "\r").count
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
        let file = try OpenFile()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: columns), epochs: 1, imagesPerEpoch: 60_000,
            now: clock.now)
        clock.advance(3.7)
        bar.update(epoch: 1, images: 24_064, loss: 0.1204, accuracy: 0.9631)
        #expect(try file.text() == "\r\(text)\u{1B}[K")
    }

    @Test(arguments: 29...130)
    func noWidthCutsAWordOrFillsTheLastColumn(columns: Int) throws {
        let file = try OpenFile()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true, columns: columns), epochs: 10, imagesPerEpoch: 60_000,
            now: clock.now)
        clock.advance(7)
        bar.update(epoch: 10, images: 100, loss: 0.5, accuracy: 0.25)
        let drawn = try file.text().dropFirst(1).prefix { $0 != "\u{1B}" }
        #expect(drawn.count < columns)
        #expect(drawn.hasSuffix("loss 0.5000  accuracy 25.00%"))
    }

    @Test func beforeTheFirstImageTheTimeLeftIsUnknown() throws {
        let file = try OpenFile()
        let clock = Clock()
        let bar = ProgressBar(
            stream: file.stream(isTerminal: true), epochs: 1, imagesPerEpoch: 10, now: clock.now)
        bar.update(epoch: 1, images: 0, loss: .nan, accuracy: .nan)
        #expect(try file.text().contains("0 images/s  ETA -:--  loss nan"))
    }
}
