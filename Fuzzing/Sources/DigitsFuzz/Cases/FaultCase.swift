import Foundation

/// A fault on purpose, so that it is seen whether the fuzzer finds faults of its kind.
struct FaultCase: FuzzCase {
    private enum Kind: CaseIterable {
        case trap, endlessLoop, endlessWait, muchMemory, tooMuchMemory, wrongResult
    }

    /// Nil for a case that nothing is wrong with.
    private let kind: Kind?

    /// Every other case has a fault.
    init(number: Int) {
        kind = number % 2 == 1 ? Kind.allCases[number / 2 % Kind.allCases.count] : nil
    }

    var description: String { kind.map { "\($0)" } ?? "nothing wrong" }

    var file: KeptFile { KeptFile(ending: "txt", bytes: Array("\(self)\n".utf8)) }

    func fault() -> String? {
        switch kind {
        case nil: return nil
        case .trap: return "\(Self.numbers(4)[Self.numbers(5).count])"
        case .endlessLoop:
            while Self.numbers(1).count == 1 {}
            return nil
        case .endlessWait:
            while true { sleep(1) }
        case .muchMemory:
            // More than is allowed, but to be had.
            return Self.numbers(150_000_000).count == 1 ? "No memory was taken." : nil
        case .tooMuchMemory: return Self.numbers(1 << 40).count == 1 ? "No memory was taken." : nil
        case .wrongResult: return "The result is wrong."
        }
    }

    /// Not to be seen through by the compiler.
    @inline(never)
    private static func numbers(_ count: Int) -> [Int] { [Int](repeating: 1, count: count) }
}
