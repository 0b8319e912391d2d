import CDigitKernels
import Compute
import Testing
import WideKernels

/// The kernels of one instruction set, as an argument of tests.
struct KernelSet: Sendable, CustomTestStringConvertible {
    let name: String
    // Sendable: addresses of functions, which never change.
    nonisolated(unsafe) let kernels: digits_kernels

    init(_ kernels: digits_kernels) {
        self.name = String(cString: kernels.name)
        self.kernels = kernels
    }

    var testDescription: String { name }

    /// The naive loops: the oracle.
    static let reference = KernelSet(Kernels.named("reference")!.functions.pointee)

    /// Every other set of this machine, and the code of AVX-512 without its instructions.
    static let tested =
        Kernels.available.filter { $0.name != "reference" }.map { KernelSet($0.functions.pointee) }
        + [KernelSet(digits_kernels_wide16)]
}

/// Extents around the vectors' widths (4, 8 and 16), their fourfold and the panels, and primes between.
let extentsAroundWidths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 31, 32, 33, 61, 64, 65]
