import CDigitKernels
import CMachinePeak
import Foundation

/// Every kernel of every instruction set of this machine, on the shapes of the networks.
struct KernelRow {
    static let name = "kernels"
    static let peak = "peak"

    func run(_ settings: RunSettings, _ circumstances: Circumstances, report: (String) -> Void) throws {
        let timer = KernelTimer(budget: settings.seconds / 40)
        var lines = [ResultLine.circumstances(circumstances)]
        lines.append(
            .contestant(
                key: Self.peak, name: String(cString: machine_peak_name()),
                settings: "multiply-adds in registers"))
        // As the engine's threads do; arithmetic on denormals is a hundred times slower.
        let state = digits_flush_denormals()
        defer { digits_restore(state) }
        var peaks: [Double] = []
        for kernel in KernelCase.all {
            for set in Self.sets {
                let name = String(cString: set.pointee.name)
                let result = timer.time { kernel.call(set) }
                peaks.append(result.peak / 1e9)
                var values = ["us": result.seconds * 1e6]
                switch kernel.work {
                case .operations(let operations):
                    values["gflops"] = operations / result.seconds / 1e9
                    values["peak_gflops"] = result.peak / 1e9
                case .bytes(let bytes):
                    values["gigabytes_per_second"] = bytes / result.seconds / 1e9
                }
                lines.append(.turn(key: kernel.key(name), turn: 1, values: values))
            }
            report("kernels: \(kernel.kernel), \(kernel.shape)")
        }
        lines.append(.turn(key: Self.peak, turn: 1, values: ["gflops": peaks.median]))
        lines += try LayerRow.measure(timer)
        if settings.withPeers { lines += try OneDNN.measure(settings, report: report) }
        try ResultsFile(Self.name, in: settings).write(lines)
    }

    /// The instruction sets of this machine, the fastest first.
    static var sets: [KernelCase.Set] {
        withUnsafeTemporaryAllocation(of: KernelCase.Set?.self, capacity: 4) { sets in
            sets.initialize(repeating: nil)
            return (0..<Int(digits_available_kernels(sets.baseAddress!))).map { sets[$0]! }
        }
    }
}
