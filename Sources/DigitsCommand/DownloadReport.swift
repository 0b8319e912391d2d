package import Datasets
import FoundationBasics
import PlainText
import Synchronization
package import TerminalGraphics

/// Tells what a download is doing: which server is asked before it is asked, a live bar, and a line for each file.
package final class DownloadReport: Sendable {
    private static let barWidth = 26

    private let stream: TerminalStream
    private let line: LiveLines
    private let now: @Sendable () -> Double
    private let start: Mutex<(time: Double, bytes: Int)>

    /// Makes a report.
    /// - Parameter now: Seconds since any fixed moment.
    package init(stream: TerminalStream, now: @escaping @Sendable () -> Double = MonotonicTime.seconds) {
        self.stream = stream
        self.now = now
        line = LiveLines(stream: stream, now: now)
        start = Mutex((now(), 0))
    }

    /// What the download calls.
    package var handler: DownloadProgressHandler { { self.show($0) } }

    /// Shows one step.
    package func show(_ progress: DownloadProgress) {
        switch progress.stage {
        case .connecting(let bytes):
            start.withLock { $0 = (now(), bytes) }
            let resumption = bytes > 0 ? ", resuming after \(NumberText.bytes(bytes))" : ""
            let host = progress.url.host() ?? progress.url.absoluteString
            line.finish(with: ["Downloading \(progress.file) from \(host)\(resumption) …"])
        case .receiving(let bytes, let total):
            line.update(text(bytes: bytes, total: total))
        case .verifying:
            line.update("Verifying \(progress.file) …")
        case .finished:
            line.finish(with: ["\(progress.file) is complete and verified."])
        case .failed(let reason):
            line.finish(with: ["\(progress.file) did not come from \(progress.url): \(reason)"])
        }
    }

    private func text(bytes: Int, total: Int?) -> String {
        let rate = start.withLock { start in
            let seconds = now() - start.time
            return seconds > 0 ? Double(bytes - start.bytes) / seconds : 0
        }
        let speed = "\(NumberText.bytes(Int(rate)))/s"
        guard let total, total > 0 else { return "  \(NumberText.bytes(bytes))  \(speed)" }
        let share = Double(bytes) / Double(total)
        return [
            "  " + Bar.text(share, width: Self.barWidth, empty: "░"),
            NumberText.percent(share, decimals: 0).padded(to: 4, .right),
            "\(NumberText.bytes(bytes)) of \(NumberText.bytes(total))", speed,
            "ETA \(NumberText.clock(Double(total - bytes) / rate))",
        ].joined(separator: "  ")
    }
}
