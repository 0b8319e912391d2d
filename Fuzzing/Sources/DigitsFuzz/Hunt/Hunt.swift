import Foundation

/// Tries cases of one target, one after the other, in a process that may end with any of them.
struct Hunt {
    let cases: CaseMaker
    let limits: Limits
    /// Where inputs are kept that something was wrong with.
    let folder: URL

    /// After so many it is known that there is work to do.
    private static let mostFindings = 10
    /// How long a worker may take to begin.
    private static let patience = 120.0
    private static let batch = 1_000_000

    /// Tries cases until there are enough of them, or of findings, or the time is over.
    /// - Parameters:
    ///   - count: How many cases there are; nil for as many as there is time for.
    ///   - report: Is told what was found, and at the end how many cases were tried.
    /// - Returns: How many findings there are.
    func run(
        from first: Int, count: Int?, seconds: Double?, report: (String) -> Void
    ) throws -> Int {
        let start = ContinuousClock.now
        let end = seconds.map { start + .seconds($0) }
        var (next, findings) = (first, 0)
        var most = Most()
        func isOver(_ next: Int) -> Bool {
            findings >= Self.mostFindings || count.map { next >= first + $0 } ?? false
                || end.map { ContinuousClock.now >= $0 } ?? false
        }
        while !isOver(next) {
            let left = count.map { first + $0 - next } ?? Self.batch
            if let finding = try firstFinding(from: &next, count: left, most: &most, isOver: isOver) {
                findings += 1
                report(try kept(finding))
            }
        }
        let took = Int(((ContinuousClock.now - start) / .seconds(1)).rounded())
        report(
            """
            \(cases.target), seed \(cases.seed): \(next - first) cases from \(first) on in \(took) s, findings: \(findings); the \
            slowest (\(most.slowest)) kept a processor busy for \(Double(Int(most.usage.seconds * 100)) / 100) s, a process took at \
            most \(most.usage.megabytes) MB.
            """)
        return findings
    }

    /// A case that something is wrong with.
    private struct Finding {
        let number: Int
        let sentence: String
    }

    /// What the cases took that nothing was wrong with.
    private struct Most {
        var usage = ProcessUsage()
        /// The number of the case that took so long.
        var slowest = 0

        mutating func note(_ number: Int, _ other: ProcessUsage) {
            if other.seconds > usage.seconds { (usage.seconds, slowest) = (other.seconds, number) }
            usage.megabytes = max(usage.megabytes, other.megabytes)
        }
    }

    /// Tries cases until one goes wrong; nil where none does.
    /// - Parameter next: The number of the first, and afterwards of the one behind the last that was tried.
    private func firstFinding(
        from next: inout Int, count: Int, most: inout Most, isOver: (Int) -> Bool
    ) throws -> Finding? {
        let messages = FileManager.default.temporaryDirectory.appendingPathComponent(
            "digits-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: messages) }
        let arguments = [
            "\(cases.target)", "--seed", "\(cases.seed)", "--first", "\(next)", "--cases", "\(count)",
        ]
        let worker = try Worker(["worker"] + arguments, limits: limits, messages: messages)
        // Only when its first case begins is it told that the process itself is well.
        guard case .line(.begins) = worker.next(within: Self.patience) else {
            worker.stop()
            throw HuntFailure("The process that tries cases did not begin. \(worker.wayItEnded() ?? "")")
        }
        while true {
            switch worker.next(within: limits.silence) {
            case .line(.begins): continue
            case .line(.fine(let usage)):
                most.note(next, usage)
                next += 1
                if isOver(next) {
                    worker.stop()
                    return nil
                }
            case .line(.fault(let sentence)):
                worker.stop()
                next += 1
                return Finding(number: next - 1, sentence: sentence)
            case .silence:
                worker.stop()
                next += 1
                return Finding(
                    number: next - 1,
                    sentence: "Nothing was heard of it for \(limits.silence) s (--case-seconds).")
            case .end:
                guard let sentence = worker.wayItEnded() else { return nil }
                next += 1
                return Finding(number: next - 1, sentence: sentence)
            }
        }
    }

    /// Keeps the input of a finding, and says all about it.
    private func kept(_ finding: Finding) throws -> String {
        let input = cases.make(finding.number)
        let file = folder.appendingPathComponent(
            "\(cases.target)-\(cases.seed)-\(finding.number).\(input.file.ending)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(input.file.bytes).write(to: file)
        return """
            FOUND: \(cases.target), seed \(cases.seed), case \(finding.number): \(finding.sentence)
              The case: \(input)
              Its input: \(file.path)
              Once more: digits-fuzz worker \(cases.target) --seed \(cases.seed) --first \(finding.number)
            """
    }
}

/// Why cases could not be tried.
struct HuntFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
