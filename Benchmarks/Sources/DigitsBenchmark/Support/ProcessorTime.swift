import Foundation

/// Processor time since the machine's start, to see whether somebody else was computing during a measurement.
struct ProcessorTime {
    /// Seconds that all cores together were busy, or taken away by the host of a virtual machine.
    let busy: Double

    /// The time until now; nil where the system has no `/proc`.
    static func now() -> ProcessorTime? {
        guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
            let line = text.split(separator: "\n").first
        else { return nil }
        // user, nice, system, idle, iowait, irq, softirq, steal
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard ticks.count >= 8 else { return nil }
        return ProcessorTime(
            busy: (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / ticksPerSecond)
    }

    /// Seconds that a process was busy, all its threads together.
    static func busy(process: Int32) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The name in parentheses may hold spaces. Behind it: state, then 10 fields, user time, system time.
            let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 12
        else { return 0 }
        return ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / ticksPerSecond
    }

    private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
}
