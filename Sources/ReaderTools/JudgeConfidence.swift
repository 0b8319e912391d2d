import ArgumentParser
import Compute
import DigitRecognition
import Evaluation
import Figures
import Foundation
import Imaging
import ModelReports
import SyntheticDigits

/// Measures whether what is read is right as often as the reader is sure of it.
struct JudgeConfidence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how well confidence tells whether a reading is right.")

    @OptionGroup var options: ToolOptions
    @Option(help: "Drawn numbers to read, and as many drawn digits.") var count = 2000
    @Option(help: "A folder of pictures of one digit each, with the columns file and label in labels.csv.")
    var pictures: String?
    @Option(help: "Draw the diagrams into this file: .png, .svg or .pdf.") var figure: String?

    /// Not one that anything is trained with.
    private static let seed: UInt64 = 78
    private static let binCount = 10

    func validate() throws {
        if count < 1 { throw ValidationError("--count is \(count), but must be at least 1.") }
    }

    func run() async throws {
        let images = try await options.load(.test)
        let digits = SceneDigits(images: images.images, labels: images.labels)
        @Sendable func generator(_ mix: SceneMix) -> SceneGenerator {
            SceneGenerator(seed: Self.seed, mix: mix, digits: digits, digitCounts: 1...8)
        }
        var panels = [
            panel("drawn numbers", .line, (0..<count).map { $0 }) {
                let scene = generator(.numbers).scene($0)
                return (scene.image, scene.lines.map(\.text).joined())
            },
            panel("drawn digits", .digit, (0..<count).map { $0 }) {
                let scene = generator(.digits).scene($0)
                return (scene.image, scene.lines.map(\.text).joined())
            },
        ]
        if let pictures {
            panels.append(
                panel("photographed digits", .digit, try Self.labelled(in: pictures)) { $0 })
        }
        for panel in panels { print(Self.table(panel)) }
        if let figure {
            try Figure.reliability(panels, title: "Is it right as often as it is sure?").write(to: figure)
        }
    }

    /// Reads pictures and sorts what was read by its confidence; what is refused is left out.
    private func panel<Item: Sendable>(
        _ name: String, _ layout: ReadingOptions.Layout, _ items: [Item],
        _ picture: @escaping @Sendable (Item) -> (image: Image, text: String)
    ) -> ReliabilityDiagram {
        let reader = DigitReader.pretrained { $0.layout = layout }
        let answers = WorkerPool(threads: options.threads).map(items.indices) { index in
            let (image, text) = picture(items[index])
            return reader.read(image).lines.first.map {
                (confidence: $0.confidence, isCorrect: $0.text == text)
            }
        }.compactMap { $0 }
        return ReliabilityDiagram(name: name, CalibrationBin.bins(answers, count: Self.binCount))
    }

    private static func table(_ panel: ReliabilityDiagram) -> String {
        func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        let rows = panel.bins.filter { $0.count > 0 }.map {
            "\(text($0.confidences.lowerBound)) to \(text($0.confidences.upperBound)): \($0.count), "
                + "sure by \(text($0.meanConfidence)), right \(text($0.accuracy))"
        }
        return (["== \(panel.name): calibration error \(text(panel.calibrationError))"] + rows)
            .joined(separator: "\n")
    }

    private static func labelled(in folder: String) throws -> [(image: Image, text: String)] {
        try String(contentsOfFile: "\(folder)/labels.csv", encoding: .utf8).split(whereSeparator: \.isNewline)
            .dropFirst().map { line in
                let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard fields.count > 1 else {
                    throw ValidationError("labels.csv has the line '\(line)', but needs a file and a label.")
                }
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(fields[0])"))
                return (try ImageDecoder().decode(Array(bytes)).upright, fields[1])
            }
    }
}
