import PlainText
import Synchronization

/// The progress of training: a live bar for the epoch on the way, and a line for each finished epoch.
///
/// ```
/// Epoch 2/5 █████████████░░░░░░░░░░░░░  50%  21,024/42,000  8,912 images/s  ETA 0:17  loss 0.1204  accuracy 96.31%
/// ```
///
/// In a narrow terminal the bar is shorter, then whole fields are left out; loss and accuracy are always there. Above the
/// bar there may be a chart of the epochs. Finished epochs do without their speed there. Where the stream has no live lines only
/// the finished epochs are written, and the chart at the end. Calls may come from any thread.
package final class ProgressBar: Sendable {
    /// What an epoch came to.
    package struct EpochSummary: Sendable {
        /// Seconds of training, validation not included.
        package let seconds: Double
        /// Training images a second.
        package let imagesPerSecond: Double
        /// Mean loss over the training images.
        package let loss: Double
        /// Share of right training images, 0…1.
        package let accuracy: Double
        /// The same for the validation images; nil where there are none.
        package let validation: (loss: Double, accuracy: Double)?

        /// Makes a summary.
        package init(
            seconds: Double, imagesPerSecond: Double, loss: Double, accuracy: Double,
            validation: (loss: Double, accuracy: Double)?
        ) {
            self.seconds = seconds
            self.imagesPerSecond = imagesPerSecond
            self.loss = loss
            self.accuracy = accuracy
            self.validation = validation
        }
    }

    /// Characters of the bar: as many as there is room for.
    private static let barWidths = 6...26

    private let stream: TerminalStream
    private let line: LiveLines
    private let chart: LiveChart?
    private let epochs: Int
    private let imagesPerEpoch: Int
    private let now: @Sendable () -> Double
    private let epochStart: Mutex<Double>

    /// Makes a bar.
    /// - Parameters:
    ///   - stream: Where it is drawn.
    ///   - epochs: Epochs in all.
    ///   - imagesPerEpoch: Training images in each.
    ///   - showsChart: Whether there is a chart, too.
    ///   - now: Seconds since any fixed moment.
    package init(
        stream: TerminalStream, epochs: Int, imagesPerEpoch: Int, showsChart: Bool = false,
        now: @escaping @Sendable () -> Double = MonotonicTime.seconds
    ) {
        self.stream = stream
        line = LiveLines(stream: stream, now: now)
        chart = showsChart ? LiveChart(stream: stream, epochs: epochs, now: now) : nil
        self.epochs = epochs
        self.imagesPerEpoch = imagesPerEpoch
        self.now = now
        epochStart = Mutex(now())
    }

    /// Starts the clock of an epoch.
    package func beginEpoch() {
        epochStart.withLock { $0 = now() }
    }

    /// Shows how far an epoch is; the time left is that of the whole training.
    /// - Parameters:
    ///   - epoch: The epoch on the way, from 1.
    ///   - images: Training images seen in it.
    ///   - loss: Mean loss over them.
    ///   - accuracy: Share of right ones, 0…1.
    package func update(epoch: Int, images: Int, loss: Double, accuracy: Double) {
        let seconds = now() - epochStart.withLock { $0 }
        line.update(
            text(epoch: epoch, images: images, seconds: seconds, loss: loss, accuracy: accuracy),
            above: chart?.lines(loss: loss, accuracy: accuracy) ?? [])
    }

    /// Replaces the bar by the line of a finished epoch, and starts the clock of the next.
    package func finish(epoch: Int, _ summary: EpochSummary) {
        let speed = [NumberText.duration(summary.seconds), rateText(summary.imagesPerSecond)]
        var scores = [
            "loss \(NumberText.fixed(summary.loss, decimals: 4))",
            "accuracy \(NumberText.percent(summary.accuracy))",
        ]
        if let validation = summary.validation {
            scores.append("val_loss \(NumberText.fixed(validation.loss, decimals: 4))")
            scores.append("val_accuracy \(NumberText.percent(validation.accuracy))")
        }
        // The speed is left out where there is no room; then each score stays on one line.
        let gap = "  "
        let lines = (0...speed.count).map {
            (["Epoch \(epoch)/\(epochs)"] + speed.dropLast($0) + scores).joined(separator: gap)
        }
        let width = stream.columns.map { $0 - 1 }
        let text =
            lines.first { $0.count <= width ?? .max } ?? lines[speed.count].wrapped(to: width, after: [gap])
        line.finish(with: [text], keeping: chart?.append(summary) ?? [])
        beginEpoch()
    }

    /// Takes an unfinished bar away; the chart stays, with the finished epochs.
    package func end() { line.finish(with: chart?.finalLines ?? []) }

    private func text(epoch: Int, images: Int, seconds: Double, loss: Double, accuracy: Double) -> String {
        let share = Double(images) / Double(imagesPerEpoch)
        let rate = seconds > 0 ? Double(images) / seconds : 0
        let left = imagesPerEpoch - images + (epochs - epoch) * imagesPerEpoch
        let total = NumberText.grouped(imagesPerEpoch)
        let counts = "\(NumberText.grouped(images).padded(to: total.count, .right))/\(total)"
        // The first are left out first.
        let details = [counts, rateText(rate), "ETA \(NumberText.clock(Double(left) / rate))"]

        let start = "Epoch \(epoch)/\(epochs)"
        let percent = NumberText.percent(share, decimals: 0).padded(to: 4, .right)
        let scores =
            "loss \(NumberText.fixed(loss, decimals: 4))  accuracy \(NumberText.percent(accuracy))"
        for omitted in 0...details.count {
            let end = ([percent] + details.dropFirst(omitted) + [scores]).joined(separator: "  ")
            let room = width - start.count - end.count - 2
            if room >= Self.barWidths.lowerBound {
                let bar = Bar.text(share, width: min(room, Self.barWidths.upperBound), empty: "░")
                return "\(start) \(bar) \(end)"
            }
        }
        return ["\(start)  \(percent)  \(scores)", "\(start)  \(scores)"]
            .first { $0.count <= width } ?? scores
    }

    /// Characters that the bar may have. Under a chart the `^C` that a terminal echoes must fit, too: it would begin
    /// another row, and the chart would be drawn one row too low.
    private var width: Int { line.width - (chart == nil ? 0 : 2) }

    private func rateText(_ imagesPerSecond: Double) -> String {
        let whole = imagesPerSecond < 1e15 ? Int(imagesPerSecond.rounded()) : 0
        return "\(NumberText.grouped(whole)) images/s"
    }
}
