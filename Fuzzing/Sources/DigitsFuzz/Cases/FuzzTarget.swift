import ArgumentParser

/// What is tried.
enum FuzzTarget: String, CaseIterable, Sendable, ExpressibleByArgument, CustomStringConvertible {
    /// Bytes that may be a picture file or none, for `ImageDecoder`.
    case decoder
    /// Pictures, for `DigitReader`.
    case reader
    /// Faults on purpose, each of which must be found: whether the fuzzer itself works.
    case faults

    var description: String { rawValue }

    static let help = "\(allCases.map(\.rawValue).joined(separator: ", "))"
}

/// Targets as they are asked for.
enum HuntTarget: String, CaseIterable, ExpressibleByArgument {
    case decoder, reader, all, faults

    var targets: [FuzzTarget] {
        switch self {
        case .decoder: [.decoder]
        case .reader: [.reader]
        case .all: [.decoder, .reader]
        case .faults: [.faults]
        }
    }

    static let help = """
        decoder (bytes of picture files), reader (pictures), all (both), or faults (on purpose; each must be found)
        """
}
