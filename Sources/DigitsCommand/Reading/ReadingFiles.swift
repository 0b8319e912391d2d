import DigitRecognition
import Figures
import Files
import PlainText
import ReadingReports
import ReportPages

/// Writes what shows how pictures were read, as each is read.
struct ReadingFiles {
    /// What became of a picture's files.
    struct Outcome {
        /// What was written.
        var notes: [String] = []
        /// What was not because nobody can want it so: a sentence that does not name the picture.
        var warnings: [String] = []
        /// What could not be written, and why.
        var failures: [String] = []
    }

    /// Where something goes.
    private enum Target {
        case file(String)
        case folder(OutputFolder)
    }

    private var targets: [ReadFileOptions.Kind: Target] = [:]
    /// Pictures of which something was written.
    private var counts: [ReadFileOptions.Kind: Int] = [:]
    /// Made where it is needed.
    private lazy var explainer = makeExplainer()
    private let makeExplainer: () -> ReaderOptions.DigitModel
    private let minimumConfidence: Double
    private let sourceCount: Int
    private let replaces: Bool
    /// Names in folders that are taken.
    private var names: Set<String> = []

    /// Makes folders. Options were checked.
    /// - Parameters:
    ///   - minimumConfidence: Digits below it are marked.
    ///   - explainer: What explains digits.
    init(
        _ options: ReadFileOptions, sourceCount: Int, minimumConfidence: Double,
        explainer: @escaping @autoclosure () -> ReaderOptions.DigitModel
    ) throws {
        self.sourceCount = sourceCount
        replaces = options.replacement.force
        self.minimumConfidence = minimumConfidence
        makeExplainer = explainer
        for (kind, path) in options.paths {
            guard ReadFileOptions.isFolder(path) else {
                targets[kind] = .file(path)
                continue
            }
            do {
                targets[kind] = .folder(try OutputFolder.named(path, for: "digits read", replacing: replaces))
            } catch {
                discardEmptyFolders()
                throw error
            }
        }
    }

    /// Writes what was asked for of a picture.
    mutating func add(_ picture: ReadPicture) -> Outcome {
        var outcome = Outcome()
        guard case .success(let reading) = picture.outcome, let image = reading.picture else {
            return outcome
        }
        let name = freeName(of: picture)
        for kind in ReadFileOptions.Kind.allCases {
            guard let target = targets[kind] else { continue }
            if case .file(let path) = target {
                // Of several pages the first that is read.
                if counts[kind] != nil { continue }
                if picture.pageCount > 1 {
                    outcome.warnings.append(
                        "It has \(NumberText.grouped(picture.pageCount)) pages, but \(path) shows page \(picture.page) alone. "
                            + "Name a folder for all of them.")
                }
            }
            do {
                switch kind {
                case .output:
                    let figure = Figure.reading(reading, over: image, minimumConfidence: minimumConfidence)
                    try write(figure, to: target, name: name)
                case .explain:
                    let figure = try Figure.explanation(
                        of: reading, by: explainer.model, named: explainer.name,
                        minimumConfidence: minimumConfidence)
                    try write(figure, to: target, name: name)
                case .steps: try writeSteps(of: picture, reading, to: target, name: name)
                }
                counts[kind, default: 0] += 1
                if case .file(let path) = target {
                    outcome.notes.append(
                        "Wrote \(path)" + (kind == .steps ? ", which any browser shows" : ""))
                }
            } catch {
                outcome.failures.append("\(error)")
            }
        }
        return outcome
    }

    private func write(_ figure: Figure?, to target: Target, name: String) throws {
        switch target {
        case .file(let path): try figure?.write(to: path, replacing: replaces, scale: 1)
        case .folder(let folder):
            try figure?.write(to: "\(folder.path)/\(name).png", replacing: replaces, scale: 1)
        }
    }

    private func writeSteps(
        of picture: ReadPicture, _ reading: Reading, to target: Target, name: String
    ) throws {
        let account = ReadingAccount(reading, of: picture.title, minimumConfidence: minimumConfidence)
        guard let account else { return }
        switch target {
        case .file(let path):
            try DurableFile.write(Array(account.page.html.utf8), to: path, replacing: replaces)
        case .folder(let folder):
            let isOnly = sourceCount == 1 && picture.pageCount == 1
            let path = isOnly ? folder.path : "\(folder.path)/\(name)"
            try Folder.makeWithParents(path)
            try account.write(to: path, replacing: replaces)
        }
    }

    /// What a picture's files are called: as its own, and by a number where that name is taken.
    private mutating func freeName(of picture: ReadPicture) -> String {
        let file = picture.name.split(separator: "/").last.map(String.init) ?? picture.name
        let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        // Dots alone would lead out of the folder.
        let base = stem == "-" || stem.allSatisfy { $0 == "." } ? "picture" : stem
        var name = picture.pageCount > 1 ? "\(base)-page-\(picture.page)" : base
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(base)-\(number)"
        }
        return name
    }

    /// What there is to tell when all is written.
    var summary: [String] {
        ReadFileOptions.Kind.allCases.compactMap { kind in
            guard case .folder(let folder) = targets[kind], let count = counts[kind] else { return nil }
            let pictures = count == 1 ? "1 picture" : "\(NumberText.grouped(count)) pictures"
            let what =
                switch kind {
                case .output: pictures
                case .steps: "the steps of \(pictures)"
                case .explain: "explanations of \(pictures)"
                }
            return "Wrote \(what) into \(folder.path)"
        }
    }

    /// Takes folders away again that hold nothing.
    func discardEmptyFolders() {
        for case .folder(let folder) in targets.values { folder.discardIfEmpty() }
    }
}
