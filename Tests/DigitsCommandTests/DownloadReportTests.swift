import Datasets
import DigitsCommand
import Foundation
import Synchronization
import TerminalGraphics
import Testing

@Suite struct DownloadReportTests {
    private static let url = URL(string: "https://example.org/mnist/a.gz")!

    private func lines(
        isTerminal: Bool, _ stages: [(seconds: Double, stage: DownloadProgress.Stage)]
    ) throws -> String {
        let written = Written()
        let clock = Clock()
        let stream = TerminalStream(isTerminal: isTerminal, terminalColumns: 200) {
            $0 == "TERM" ? "xterm-256color" : nil
        } write: { text throws(OutputFailure) in
            written.text.withLock { $0 += text }
        }
        let report = DownloadReport(
            stream: stream, now: { clock.time.withLock { $0 } })
        for (seconds, stage) in stages {
            clock.time.withLock { $0 = seconds }
            report.show(DownloadProgress(file: "a.gz", url: Self.url, stage: stage))
        }
        return written.text.withLock { $0 }
    }

    private final class Written: Sendable {
        let text = Mutex("")
    }

    private final class Clock: Sendable {
        let time = Mutex(0.0)
    }

    @Test func aFileGetsALineWhenADownloadBeginsAndEnds() throws {
        let text = try lines(
            isTerminal: false,
            [
                (0, .connecting(resumingAt: 0)), (1, .receiving(bytes: 500, total: 1000)), (2, .verifying),
                (2, .finished),
            ])
        #expect(text == "Downloading a.gz from example.org …\na.gz is complete and verified.\n")
    }

    @Test func aTerminalGetsABarWithRateAndTimeLeft() throws {
        let text = try lines(
            isTerminal: true,
            [(0, .connecting(resumingAt: 0)), (2, .receiving(bytes: 2_000_000, total: 8_000_000))])
        #expect(
            text.hasSuffix(
                "\r  ██████▌░░░░░░░░░░░░░░░░░░░   25%  2.0 MB of 8.0 MB  1.0 MB/s  ETA 0:06\u{1B}[K"))
    }

    @Test func theRateOfAResumedDownloadCountsNewBytesAlone() throws {
        let text = try lines(
            isTerminal: true,
            [(0, .connecting(resumingAt: 6_000_000)), (1, .receiving(bytes: 7_000_000, total: 8_000_000))])
        #expect(text.hasPrefix("Downloading a.gz from example.org, resuming after 6.0 MB …\n"))
        #expect(text.contains("1.0 MB/s  ETA 0:01"))
    }

    @Test func withoutATotalOnlyBytesAndRateAreShown() throws {
        let text = try lines(
            isTerminal: true, [(0, .connecting(resumingAt: 0)), (2, .receiving(bytes: 2000, total: nil))])
        #expect(text.hasSuffix("\r  2.0 kB  1.0 kB/s\u{1B}[K"))
    }
}
