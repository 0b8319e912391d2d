import ArgumentParser
import Datasets
import FoundationBasics
import TerminalGraphics

/// `digits data verify`: reads every file of a data set and compares its contents with what they should be.
struct DataVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks every file of a data set: format, size and SHA-256.",
        usage: "digits data verify [<options>]",
        discussion: """
            EXAMPLES:
              digits data verify
              digits data verify --dataset kmnist --data ~/kmnist
            """)

    @OptionGroup var options: DatasetOptions<MNISTDataset>

    func run() async throws {
        let source = options.source()
        guard let files = source as? IDXSource else { return try await printHashes(of: source) }
        let findings = try await options.explaining(source) { try files.store.verify(files.dataset) }
        guard let findings else { throw options.notOnThisMachine(files) }

        options.warn(try files.store.locate(files.dataset)?.warnings ?? [])
        for finding in findings {
            try TerminalStream.standardOutput.print(Self.text(finding))
        }
        let failures = findings.compactMap { finding -> DatasetError? in
            if case .failed(let error) = finding.outcome { error } else { nil }
        }
        if !failures.isEmpty {
            let advice =
                failures.contains(where: \.isDamage)
                ? " '\(options.fetchCommand(for: source))' gets what is damaged again." : ""
            throw CommandFailure.failure(
                "\(failures.count) of the \(findings.count) files of \(source.description.title) cannot be used."
                    + advice)
        }
        TerminalStream.standardError.note("Next: digits show --grid 4x8\(options.arguments)")
    }

    /// What is drawn has nothing to be compared with; equal hashes on two machines tell that they drew the same.
    private func printHashes(of source: any DatasetSource) async throws {
        for (name, hash) in try await source.load().fileHashes.sorted(by: { $0.key < $1.key }) {
            try TerminalStream.standardOutput.print("\(name): drawn, SHA-256 \(hash)")
        }
        TerminalStream.standardError.note("Next: digits show --grid 4x8\(options.arguments)")
    }

    private static func text(_ finding: FileVerification) -> String {
        let path = finding.url.path
        return switch finding.outcome {
        case .published(let sha256): "\(path): good, published SHA-256 \(sha256)"
        case .recorded(let sha256): "\(path): good, SHA-256 \(sha256) as at the first download"
        case .unknown(let sha256): "\(path): well-formed, but nothing vouches for its SHA-256 \(sha256)"
        // The error names the file.
        case .failed(let error): "BAD: \(error)"
        }
    }
}
