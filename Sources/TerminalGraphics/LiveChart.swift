import Synchronization

/// The chart of a training that is on its way.
package final class LiveChart: Sendable {
    /// Seconds between two drawings within an epoch; more often, the eye would see the same.
    package static let interval = 1.0
    /// Epochs that there is room for from the start, where so many are asked for.
    private static let firstEpochs = 10
    /// The size of a screen that does not tell its own.
    private static let usualSize = (columns: 80, rows: 24)

    private struct State {
        var chart = TrainingChart()
        /// The last drawing, with the epoch on its way.
        var lines: [String] = []
        var time: Double
    }

    private let stream: TerminalStream
    private let epochs: Int
    private let now: @Sendable () -> Double
    private let state: Mutex<State>

    /// Makes a chart without epochs.
    /// - Parameters:
    ///   - stream: Where it is drawn.
    ///   - epochs: Epochs in all.
    ///   - now: Seconds since any fixed moment.
    init(stream: TerminalStream, epochs: Int, now: @escaping @Sendable () -> Double) {
        self.stream = stream
        self.epochs = epochs
        self.now = now
        // The first batches say little: the first drawing comes after a while, too.
        state = Mutex(State(time: now()))
    }

    /// Adds a finished epoch.
    /// - Returns: The chart's rows.
    func append(_ summary: ProgressBar.EpochSummary) -> [String] {
        state.withLock { state in
            state.chart.append(
                loss: summary.loss, accuracy: summary.accuracy, validation: summary.validation)
            return draw(state.chart, &state)
        }
    }

    /// The chart's rows with the epoch on its way; those of the last drawing if that was less than `interval` ago.
    func lines(loss: Double, accuracy: Double) -> [String] {
        state.withLock { state in
            guard now() - state.time >= Self.interval else { return state.lines }
            var chart = state.chart
            chart.append(loss: loss, accuracy: accuracy, validation: nil)
            return draw(chart, &state)
        }
    }

    /// The rows of the chart as it stays: the finished epochs, and room for them alone.
    var finalLines: [String] {
        state.withLock { lines($0.chart, epochs: 1) }
    }

    private func draw(_ chart: TrainingChart, _ state: inout State) -> [String] {
        state.lines = lines(chart, epochs: min(epochs, Self.firstEpochs))
        state.time = now()
        return state.lines
    }

    private func lines(_ chart: TrainingChart, epochs: Int) -> [String] {
        chart.lines(
            columns: (stream.columns ?? Self.usualSize.columns) - 1,
            // The bar stands below, and one row stays for what was there before.
            rows: (stream.rows ?? Self.usualSize.rows) - 2, colors: stream.colors, epochs: epochs)
    }
}
