import CDigitKernels
import CMachinePeak

/// Times calls beside the machine's peak, so that a noisy machine hits both.
struct KernelTimer {
    /// Seconds for one kernel.
    let budget: Double

    private static let samples = 7
    private static let peakSeconds = 1e-3

    /// One kernel's time.
    struct Result {
        /// Seconds of one call: the median.
        let seconds: Double
        /// Operations in a second that a loop of multiply-adds reached in between: the median.
        let peak: Double
    }

    /// Calls for about as long as the budget says, at least once.
    func time(_ call: () -> Void) -> Result {
        let once = Self.seconds(call)
        let calls = max(1, Int(budget / Double(Self.samples) / max(once, 1e-9)))
        let samples = budget < once ? 1 : Self.samples
        var times: [Double] = []
        var peaks: [Double] = []
        for _ in 0..<samples {
            peaks.append(Self.peak())
            times.append(Self.seconds { for _ in 0..<calls { call() } } / Double(calls))
        }
        return Result(seconds: times.median, peak: peaks.median)
    }

    private static func peak() -> Double {
        var (operations, seconds) = (0.0, 0.0)
        while seconds < peakSeconds {
            let start = ContinuousClock.now
            operations += machine_peak_run(10_000)
            seconds += (ContinuousClock.now - start).seconds
        }
        return operations / seconds
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let start = ContinuousClock.now
        body()
        return (ContinuousClock.now - start).seconds
    }
}
