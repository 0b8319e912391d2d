import CDigitKernels
import Compute
import Foundation
import Testing

@Suite struct KernelListTests {
    /// The names in kernels.inc.
    static func listedKernels() throws -> [String] {
        let list = URL(filePath: #filePath).appending(
            path: "../../../Sources/CDigitKernels/include/kernels.inc"
        )
        .standardizedFileURL
        return try String(contentsOf: list, encoding: .utf8)
            .matches(of: /(?m)^DIGITS_KERNEL\((\w+),/).map { String($0.1) }
    }

    @Test func tableHoldsEveryListedKernel() throws {
        let pointers = MemoryLayout<digits_kernels>.size / MemoryLayout<UnsafeRawPointer>.size
        // The others are the set's name and its block.
        #expect(try Self.listedKernels().count == pointers - 2)
        for set in [KernelSet.reference] + KernelSet.tested {
            withUnsafeBytes(of: set.kernels) { table in
                let addresses = Set(table.bindMemory(to: UInt.self))
                #expect(!addresses.contains(0), "\(set.name) lacks a kernel")
                #expect(addresses.count == pointers, "\(set.name) names a kernel twice")
            }
        }
    }

    @Test func setsAreNamedFastestFirst() {
        let order = ["avx512", "avx2", "portable", "reference"]
        let names = Kernels.available.map(\.name)
        #expect(names == order.filter(names.contains))
        #expect(names.suffix(2) == ["portable", "reference"])
        #expect(Kernels.best.name == names[0])
        #expect(Kernels.best.description == names[0])
    }

    @Test func setsAreFoundByName() {
        for set in Kernels.available {
            #expect(Kernels.named(set.name)?.name == set.name)
        }
        #expect(Kernels.named("AVX2") == nil)
        #expect(Kernels.named("") == nil)
    }

    #if os(Linux) && arch(x86_64)
        @Test func setsAreThoseThatTheSystemReports() throws {
            let information = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            let line = try #require(information.split(separator: "\n").first { $0.hasPrefix("flags") })
            let flags = Set(line.split(separator: " ").map(String.init))
            #expect((Kernels.named("avx2") != nil) == flags.isSuperset(of: ["avx2", "fma"]))
            #expect(
                (Kernels.named("avx512") != nil)
                    == flags.isSuperset(of: ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma"]))
        }
    #endif
}
