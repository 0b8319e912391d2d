import ArgumentParser
import PlainText
import ReadingReports
import TerminalGraphics

/// Tells what was read, one picture after the other: results on standard output, what is wrong on standard error.
struct ReadingReport {
    private let output: ReadTextOptions
    private let sourceCount: Int
    /// Whether there is more to do than to print.
    private let writesFiles: Bool
    private let screen = TerminalStream.standardOutput
    /// How far the work is, where the results go elsewhere.
    private let progress: LiveLines?
    /// Whether results are still read by somebody.
    private var isRead = true
    private var finishedSources = 0
    private var pictures = Tally()

    private struct Tally {
        var all = 0
        var failed = 0
        var refused = 0
        var doubtful = 0
        /// Of which not all files could be written.
        var unwritten = 0
    }

    init(_ output: ReadTextOptions, sourceCount: Int, writesFiles: Bool) {
        self.output = output
        self.sourceCount = sourceCount
        self.writesFiles = writesFiles
        let isShown = sourceCount > 1 && !SystemCalls.isTerminal(1)
        progress = isShown ? LiveLines(stream: .standardError) : nil
    }

    /// The first line of a table.
    static let tableHeader = CSVText.row(ReadPicture.columns)

    /// The picture's lines of the table.
    func tableRows(_ picture: ReadPicture) -> String {
        picture.rows(minimumConfidence: output.minimumConfidence).map(CSVText.row).joined()
    }

    /// Tells of a picture.
    /// - Throws: `OutputFailure` where results cannot be written. Where nobody reads them any more and there are files to be
    ///   written, too, these alone go on.
    mutating func add(_ picture: ReadPicture) throws(OutputFailure) {
        tellProblems(of: picture)
        pictures.all += 1
        if picture.page == picture.pageCount { finishedSources += 1 }
        if isRead {
            do throws(OutputFailure) {
                for line in lines(picture) { try screen.print(line) }
            } catch {
                // A terminal that has gone reads no more either.
                guard error.isUnread || Interrupts.isRequested, writesFiles else { throw error }
                isRead = false
            }
        }
        progress?.update(
            "\(NumberText.grouped(finishedSources)) of \(NumberText.grouped(sourceCount)) files are read …")
    }

    /// Tells of the files that show how a picture was read.
    mutating func add(_ files: ReadingFiles.Outcome, of picture: ReadPicture) {
        for warning in files.warnings { note("digits: warning: \(picture.visibleName): \(warning)") }
        files.notes.forEach(note)
        for failure in files.failures { note("digits: error: \(picture.title): \(failure)") }
        if !files.failures.isEmpty { pictures.unwritten += 1 }
    }

    private func lines(_ picture: ReadPicture) -> [String] {
        if output.json { return [picture.record.json(minimumConfidence: output.minimumConfidence)] }
        let isOneOfSeveral = sourceCount > 1 || picture.pageCount > 1
        let isNamed = output.withFilename || isOneOfSeveral && SystemCalls.isTerminal(1) && !output.noFilename
        return picture.lines(minimumConfidence: output.minimumConfidence, isNamed: isNamed)
    }

    private mutating func tellProblems(of picture: ReadPicture) {
        if let refusal = picture.refusal {
            var kind = "error"
            switch picture.outcome {
            case .failure: pictures.failed += 1
            case .success:
                pictures.refused += 1
                kind = "warning"
            }
            note("digits: \(kind): \(picture.title): \(refusal.reason)")
        }
        let (all, doubtful) = picture.digitCounts(minimumConfidence: output.minimumConfidence)
        guard doubtful > 0 else { return }
        pictures.doubtful += 1
        if output.strict {
            note(
                "digits: warning: \(picture.title): \(doubtful) of \(all) digits \(doubtful == 1 ? "is" : "are") "
                    + "less sure than \(NumberText.plain(output.minimumConfidence)).")
        }
    }

    /// Tells something on standard error.
    func note(_ line: String) {
        let line = line.visibleLines
        if let progress { progress.finish(with: [line]) } else { TerminalStream.standardError.note(line) }
    }

    /// Takes the progress away.
    func clear() { progress?.clear() }

    /// Ends the report.
    /// - Throws: What says by the exit code that not all is well: `CommandFailure` with the counts, or `ExitCode` where the one
    ///   picture that there is was told of.
    func end() throws {
        clear()
        if Interrupts.isRequested, finishedSources < sourceCount {
            throw CommandFailure.interrupted(
                "Interrupted after \(NumberText.grouped(finishedSources)) of \(NumberText.grouped(sourceCount)) files."
            )
        }
        let total = NumberText.grouped(pictures.all)
        let failures = [
            (pictures.failed, "could not be read"),
            (pictures.unwritten, "could not be shown as was asked for"),
        ].filter { $0.0 > 0 }
        if !failures.isEmpty {
            let words = failures.map { "\(NumberText.grouped($0)) of \(total) pictures \($1)." }
            throw failure(.failure(words.joined(separator: " ")))
        }
        let doubts = pictures.refused + pictures.doubtful
        if output.strict, doubts > 0 {
            throw failure(.doubt("\(NumberText.grouped(doubts)) of \(total) pictures are in doubt."))
        }
    }

    private func failure(_ failure: CommandFailure) -> any Error {
        pictures.all > 1 ? failure : ExitCode(failure.code.rawValue)
    }
}
