import DigitRecognition

/// What is tried once. Described in words for whoever has to mend what it finds.
protocol FuzzCase: CustomStringConvertible {
    /// What is kept of it, as a file.
    var file: KeptFile { get }

    /// Tries it.
    /// - Returns: What is wrong, in a sentence; nil where nothing is.
    func fault() -> String?
}

/// A file to be kept.
struct KeptFile {
    /// What its name ends in.
    let ending: String
    let bytes: [UInt8]
}

/// Makes the cases of a target: always the same of a seed and a number.
struct CaseMaker {
    let target: FuzzTarget
    let seed: UInt64
    private let samples: [SampleFile]
    private let digits: [Image]

    /// Loads what the cases are made of.
    init(_ target: FuzzTarget, seed: UInt64) async throws {
        self.target = target
        self.seed = seed
        samples = target == .decoder ? try SampleFile.all() : []
        digits = target == .reader ? try await DigitStamp.images() : []
    }

    /// The case of a number.
    func make(_ number: Int) -> any FuzzCase {
        var random = CounterBasedRandom(seed: seed, purpose: .corruption, number)
        return switch target {
        case .decoder: DecoderCase(number: number, samples: samples, random: &random)
        case .reader: ReaderCase(digits: digits, random: &random)
        case .faults: FaultCase(number: number)
        }
    }
}
