package import CDigitKernels

/// The vector kernels of one instruction set, in C. This is the only place that chooses a set; steps and optimisers
/// call the functions of the set that they are given.
///
/// The fastest set that the processor and the operating system support is chosen once; it can be asked for, and
/// another can be named (tests run every set that the machine has).
public struct Kernels: Sendable {
    /// The C functions, called as `kernels.functions.pointee.relu(…)`. They check nothing: their callers in this package have.
    // Sendable: a table is written before this is made, and never changes or goes away.
    package nonisolated(unsafe) let functions: UnsafePointer<digits_kernels>

    /// - Parameter functions: A complete table, there to the end of the program.
    package init(_ functions: UnsafePointer<digits_kernels>) {
        self.functions = functions
    }

    /// Name of the instruction set: `avx512`, `avx2`, `portable` or `reference`.
    public var name: String { String(cString: functions.pointee.name) }

    /// Every set that this machine can run, the fastest first.
    public static let available: [Kernels] = {
        var tables:
            (
                UnsafePointer<digits_kernels>?, UnsafePointer<digits_kernels>?,
                UnsafePointer<digits_kernels>?, UnsafePointer<digits_kernels>?
            ) = (nil, nil, nil, nil)
        return withUnsafeMutablePointer(to: &tables) { pointer in
            pointer.withMemoryRebound(to: UnsafePointer<digits_kernels>?.self, capacity: 4) { sets in
                let count = Int(digits_available_kernels(sets))
                return (0..<count).map { Kernels(sets[$0]!) }
            }
        }
    }()

    /// The fastest set of this machine.
    public static let best = available[0]

    /// The set with a name, or nil where this machine does not have it.
    public static func named(_ name: String) -> Kernels? {
        available.first { $0.name == name }
    }

    /// Floats in one panel of packed weights.
    package static let panelWidth = Int(DIGITS_PANEL)

    /// Channels in one block of a convolution's input.
    package var blockWidth: Int { functions.pointee.block }
}

extension Kernels: CustomStringConvertible {
    /// The set's name.
    public var description: String { name }
}
