import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits evaluate --report` with models and data that the test writes.
@Suite struct ReportCommandTests {
    private func commandWithModel() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        try FabricatedModel.write(to: command.directory)
        return command
    }

    private static let evaluate = ["evaluate", "model.safetensors", "--data", "."]

    @Test func aReportIsAPageAndItsNumbers() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(Self.evaluate + ["--report", "new/report"])
        #expect(result.exitCode == 0)
        #expect(result.output == (try command.run(Self.evaluate)).output)
        #expect(
            result.errors.hasSuffix(
                "Wrote new/report/report.html, which any browser shows, and new/report/report.json\n"
                    + "Next: xdg-open new/report/report.html\n"), "\(result.errors)")
        #expect(
            try command.files().filter { $0.hasPrefix("new") } == [
                "new", "new/report", "new/report/report.html", "new/report/report.json",
            ])
        let page = try command.page("new/report")
        #expect(page.elements("h1").map(\.text) == ["fabricated on Fashion-MNIST test images"])
        #expect(
            page.elements("h2").map(\.text) == [
                "Classes", "Mistakes", "Suspected labels", "Calibration", "Robustness", "Corruptions",
                "Network", "Training", "Origin",
            ])
        let cards = try #require(page.elements(ofClass: "cards").first)
        #expect(cards.elements("dd")[0].wholeText == "10.00% ± 4.19: 95% interval 6.57% to 14.94%")
        #expect(
            page.wholeText.contains("digits evaluate model.safetensors --dataset fashion-mnist --split test"))
    }

    @Test func everyFigureOfTheReportHasATextAlternativeAndATable() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try ConvolutionalModel.write(to: command.directory)
        _ = try command.run(Self.evaluate + ["--report", "report"])
        let page = try command.page("report")
        let figures = page.elements("figure")
        // Three of classes, the gallery, three explanations, suspects there are none, reliability, robustness, corruptions,
        // filters, activations, and no curves.
        #expect(figures.count == 12)
        for figure in figures {
            let drawing = try #require(figure.elements("svg").first)
            #expect(drawing.attributes["role"] == "img")
            #expect(drawing.children.prefix(2).map(\.name) == ["title", "desc"])
            #expect(drawing.children.prefix(2).allSatisfy { !$0.text.isEmpty })
            let table = try #require(figure.elements("table").first)
            #expect(table.elements("th").count > 1 && table.elements("td").count > 1)
        }
        let identifiers = page.all.compactMap { $0.attributes["id"] }
        #expect(Set(identifiers).count == identifiers.count)
        let html = try Data(contentsOf: command.directory.appending(path: "report/report.html"))
        #expect(html.count < 2_000_000)
    }

    @Test func theNumbersAreThoseOfTheTerminal() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(Self.evaluate + ["--report", "report", "--json"])
        #expect(result.exitCode == 0)
        let printed = try object(Data(result.output.utf8))
        let numbers = try command.numbers("report")
        #expect(printed.count == 12)
        for (name, value) in printed {
            #expect(value as? NSObject == numbers[name] as? NSObject, "\(name)")
        }

        #expect(numbers["accuracy"] as? Double == 0.1)
        let confusion = try #require(numbers["confusion"] as? [[Int]])
        #expect(confusion.map { $0[0] } == Array(repeating: 20, count: 10))
        #expect(confusion.joined().reduce(0, +) == 200)
        let interval = try #require(numbers["accuracy_interval"] as? [String: Double])
        #expect(abs(interval["low"]! - 0.06567) < 5e-5 && abs(interval["high"]! - 0.14941) < 5e-5)
        let classes = try #require(numbers["classes"] as? [[String: Any]])
        #expect(classes[0]["recall"] as? Double == 1 && classes[0]["precision"] as? Double == 0.1)
        #expect(classes[3]["name"] as? String == "Dress" && classes[3]["support"] as? Int == 20)
        let mistakes = try #require(numbers["mistakes"] as? [[String: Any]])
        #expect(mistakes.count == 180 && mistakes[0]["index"] as? Int == 1)
        // Equal probabilities make no suspect, and the model is right as often as it is sure.
        #expect((numbers["label_suspects"] as? [Any])?.isEmpty == true)
        let calibration = try #require(numbers["calibration"] as? [String: Any])
        #expect(abs(try #require(calibration["expected_error"] as? Double)) < 1e-6)
        let robustness = try #require(numbers["robustness"] as? [String: Any])
        #expect(robustness["count"] as? Int == 200 && robustness["clean_accuracy"] as? Double == 0.1)
        #expect((numbers["data_sha256"] as? [String: String])?.count == 2)
        #expect(numbers["parameters"] as? Int == 7850)
    }

    @Test func theSameModelAndDataGiveTheSameBytes() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try ConvolutionalModel.write(to: command.directory)
        for (folder, threads) in [("one", "1"), ("two", "3")] {
            let result = try command.run(Self.evaluate + ["--report", folder, "--threads", threads])
            #expect(result.exitCode == 0)
        }
        for name in ["report.html", "report.json"] {
            let files = try ["one", "two"].map {
                try Data(contentsOf: command.directory.appending(path: "\($0)/\(name)"))
            }
            #expect(files[0] == files[1], "\(name)")
        }
    }

    @Test func aFolderThatHoldsSomethingIsRefusedBeforeAnyWork() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let folder = command.directory.appending(path: "full")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: folder.appending(path: "report.html"))
        // The model does not exist, and nobody has noticed yet.
        let result = try command.run(["evaluate", "no.safetensors", "--report", "full"])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(
            result.errors
                == "digits: error: 'full' is not empty, and a report overwrites nothing. "
                + "Name a folder that is empty or does not exist, or add --force to replace what is there.\n")
        #expect(try command.files().filter { $0.hasPrefix("full/") } == ["full/report.html"])
        #expect(try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8) == "mine")
    }

    @Test(arguments: [
        ("model.safetensors", "'model.safetensors' is no folder, and a report writes into one."),
        ("model.safetensors/report", "'model.safetensors/report': Not a directory."),
    ])
    func aPathThatCannotBeAFolderIsRefused(path: String, sentence: String) throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["evaluate", "no.safetensors", "--report", path])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(result.output == "")
    }

    @Test func anEmptyNameIsMisuse() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["evaluate", "model.safetensors", "--report", ""])
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("--report is empty. Name a folder, or leave the option out."))
    }

    @Test func aFailureLeavesNoFolderBehind() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(["evaluate", "no.safetensors", "--report", "report", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("no.safetensors"))
        #expect(!(try command.files().contains("report")))
    }

    @Test func theHistoryBesideTheModelIsDrawn() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let csv =
            "epoch,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second\n"
            + "1,0.5,0.8,0.4,0.85,1,100\n2,0.3,0.9,0.2,0.95,1,100\n3,0.2,0.95,0.25,0.9,1,100\n"
        try Data(csv.utf8).write(to: command.directory.appending(path: "history.csv"))
        _ = try command.run(Self.evaluate + ["--report", "report"])
        let curves = try #require(
            try command.page("report").elements("svg").first { $0.children[0].text == "Loss and accuracy" })
        #expect(curves.elements("text").map(\.text).contains("best: epoch 2"))
        let history = try #require(try command.numbers("report")["history"] as? [[String: Double]])
        #expect(history.map { $0["val_loss"] } == [0.4, 0.2, 0.25])

        // What is no history is left out, and the page says so.
        try Data("epoch,loss\nnonsense\n".utf8).write(
            to: command.directory.appending(path: "history.csv"))
        _ = try command.run(Self.evaluate + ["--report", "other"])
        #expect(try command.page("other").wholeText.contains("There are no curves"))
    }

    @Test func aModelWithoutProbabilitiesHasAReportWithoutCalibration() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let path = command.directory.appending(path: "model.safetensors").path
        let model = try Model(input: [28, 28, 1], classNames: FabricatedModel.fashionClasses) {
            Flatten()
            Dense(10)
        }
        model.compile(loss: .meanSquaredError)
        model.network.setParameter("dense1.bias", to: (0..<10).map { Float($0) })
        model.record(dataset: .init(name: "fashion-mnist", sha256: ""))
        try model.save(to: path)
        let result = try command.run(Self.evaluate + ["--report", "report"])
        #expect(result.exitCode == 0, "\(result.errors)")
        let text = try command.page("report").wholeText
        #expect(text.contains("There is no calibration. Sample 0 has the probability"))
        #expect(text.contains("Labels were not examined: the model's outputs are no probabilities."))
        #expect(try command.numbers("report")["calibration"] is NSNull)
    }

    @Test func aCalibratedModelIsShownWithAndWithoutItsTemperature() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try ConvolutionalModel.write(to: command.directory, temperature: 2)
        let result = try command.run(Self.evaluate + ["--report", "report"])
        #expect(result.exitCode == 0)
        let numbers = try command.numbers("report")
        #expect(numbers["temperature"] as? Double == 2)
        let errors = try ["calibration", "calibration_without_temperature"].map { name in
            let calibration = try #require(numbers[name] as? [String: Any])
            return try #require(calibration["negative_log_likelihood"] as? Double)
        }
        // The loss of training knows no temperature.
        #expect(abs(errors[1] - (try #require(numbers["loss"] as? Double))) < 1e-4)
        #expect(abs(errors[0] - errors[1]) > 1e-3)
        let texts = try command.page("report").elements("text").map(\.text)
        #expect(texts.contains("with temperature") && texts.contains("without temperature"))
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func theTenContradictedLabelsOfMNISTAreLookedUp() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedModel.write(
            to: command.directory, classNames: DatasetDescription.mnist.classNames, dataset: "mnist")
        let folder = try #require(RealData.path)
        let result = try command.run(
            ["evaluate", "model.safetensors", "--data", folder, "--report", "report"])
        #expect(result.exitCode == 0)
        // Everything is read as 0, without certainty: the two labelled 0 are read so, the others are no suspects.
        let known = try #require(try command.numbers("report")["contradicted_labels"] as? [[String: Any]])
        let verdicts = Dictionary(
            uniqueKeysWithValues: known.compactMap { entry in
                (entry["index"] as? Int).map { ($0, entry["verdict"] as? String) }
            })
        #expect(verdicts.keys.sorted() == DatasetDescription.mnist.contradictedTestLabels)
        #expect(verdicts.filter { $0.value == "read as labelled" }.keys.sorted() == [1621, 6651])
        #expect(verdicts.values.filter { $0 == "missed" }.count == 8)
        #expect(
            try command.page("report").wholeText.contains(
                "Of them 0 are among the suspects; 8 are misread, but not surely enough for one; 2 are read as they are"
            ))
    }

    private func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}

extension BuiltCommand {
    /// The page of a report.
    func page(_ folder: String) throws -> MarkupNode {
        try MarkupNode.parse(
            String(contentsOf: directory.appending(path: "\(folder)/report.html"), encoding: .utf8))
    }

    /// The numbers of a report.
    func numbers(_ folder: String) throws -> [String: Any] {
        let data = try Data(contentsOf: directory.appending(path: "\(folder)/report.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}

/// A small untrained network with convolutions, for `FabricatedData`.
enum ConvolutionalModel {
    /// Writes `model.safetensors` into a folder.
    static func write(to folder: URL, temperature: Double? = nil) throws {
        let model = try Model(input: [28, 28, 1], seed: 3, classNames: FabricatedModel.fashionClasses) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.record(dataset: .init(name: "fashion-mnist", sha256: ""))
        model.setTemperature(temperature)
        try model.save(to: folder.appending(path: "model.safetensors").path)
    }
}
