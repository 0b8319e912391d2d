import DigitRecognition
import Figures
import Files
import PlainText
import ReadingReports
import ReportPages

/// Writes what shows how pictures were read, as each is read.
struct ReadingFiles {
    /// Where something goes.
    private enum Target {
        case file(String)
        case folder(OutputFolder)
    }

    private let output: Target?
    private let steps: Target?
    private let explanation: Target?
    private let model: String
    private let minimumConfidence: Double
    private let sourceCount: Int
    /// Names in folders that are taken.
    private var names: Set<String> = []
    private var count = 0

    /// Makes folders, and sees that no file is in the way, before anything is read.
    /// - Parameters:
    ///   - model: What explains digits; nil for the one that reads single ones unless another is named.
    ///   - minimumConfidence: Digits below it are marked; 0 for the usual one.
    init(
        _ options: ReadOutputOptions, sourceCount: Int, model: String?, minimumConfidence: Double
    ) throws {
        func target(_ option: String, _ path: String?, example: String) throws -> Target? {
            guard let path else { return nil }
            if ReadOutputOptions.isFolder(path) {
                return .folder(try OutputFolder.named(path, for: "digits read"))
            }
            if sourceCount > 1 {
                throw CommandFailure.misuse(
                    "\(option) names one file, but there are \(NumberText.grouped(sourceCount)) pictures. "
                        + "Name a folder, as in \(option) \(example).")
            }
            try DurableFile.requireFree(path, replacing: false)
            return .file(path)
        }
        output = try target("--output", options.output, example: "annotated")
        steps = try target("--steps", options.steps, example: "steps")
        explanation = try target("--explain", options.explain, example: "explained")
        self.model = model ?? PretrainedModel.all[0].name
        self.sourceCount = sourceCount
        self.minimumConfidence = minimumConfidence > 0 ? minimumConfidence : 0.9
    }

    /// Writes what was asked for of a picture.
    /// - Returns: What there is to tell of it.
    mutating func add(_ picture: ReadPicture) throws -> [String] {
        guard case .success(let reading) = picture.outcome, let image = reading.picture else { return [] }
        let name = freeName(of: picture)
        var notes: [String] = []
        func write(_ figure: @autoclosure () throws -> Figure?, _ option: String, _ target: Target?) throws {
            guard let target else { return }
            let path: String
            switch target {
            case .file(let file):
                path = file
                try check(picture, option)
                notes.append("Wrote \(file)")
            case .folder(let folder): path = "\(folder.path)/\(name).png"
            }
            try figure()?.write(to: path, replacing: false, scale: 1)
        }
        try write(
            .reading(reading, over: image, minimumConfidence: minimumConfidence), "--output", output)
        try write(
            .explanation(of: reading, by: Model.named(model), named: model), "--explain", explanation)
        notes += try writeSteps(of: picture, reading, name: name)
        count += 1
        return notes
    }

    private func writeSteps(of picture: ReadPicture, _ reading: Reading, name: String) throws -> [String] {
        guard let steps,
            let account = ReadingAccount(
                reading, of: picture.title, minimumConfidence: minimumConfidence)
        else { return [] }
        switch steps {
        case .file(let path):
            try check(picture, "--steps")
            try DurableFile.write(Array(account.page.html.utf8), to: path, replacing: false)
            return ["Wrote \(path), which any browser shows"]
        case .folder(let folder):
            let isOnly = sourceCount == 1 && picture.pageCount == 1
            let path = isOnly ? folder.path : "\(folder.path)/\(name)"
            try Folder.makeWithParents(path)
            try account.write(to: path)
            return []
        }
    }

    /// Refuses several pages where one file was named.
    private func check(_ picture: ReadPicture, _ option: String) throws {
        guard picture.pageCount > 1 else { return }
        throw CommandFailure.failure(
            "\(picture.name) has \(NumberText.grouped(picture.pageCount)) pages, but \(option) names one file. "
                + "Name a folder.")
    }

    /// What a picture's files are called: as its own, and by a number where that name is taken.
    private mutating func freeName(of picture: ReadPicture) -> String {
        let file = picture.name.split(separator: "/").last.map(String.init) ?? picture.name
        let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        let base = (stem.isEmpty || stem == "-" ? "picture" : stem)
        var name = picture.pageCount > 1 ? "\(base)-page-\(picture.page)" : base
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(base)-\(number)"
        }
        return name
    }

    /// What there is to tell when all is written. Folders that stayed empty go.
    func end() -> [String] {
        let pictures = count == 1 ? "1 picture" : "\(NumberText.grouped(count)) pictures"
        let whats = [pictures, "the steps of \(pictures)", "explanations of \(pictures)"]
        return zip(whats, [output, steps, explanation]).compactMap { what, target in
            guard case .folder(let folder) = target else { return nil }
            folder.discardIfEmpty()
            return count > 0 ? "Wrote \(what) into \(folder.path)" : nil
        }
    }
}
