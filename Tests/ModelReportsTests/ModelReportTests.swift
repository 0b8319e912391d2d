import DigitRecognition
import Foundation
import MarkupTree
import ModelReports
import ReportPages
import Testing

/// The report page, made as a Swift program makes it.
struct ModelReportTests {
    /// Images with a block of ink whose place tells the class.
    private func images(_ count: Int) throws -> LabeledImages {
        let labels = (0..<count).map { $0 % 10 }
        let bytes = labels.flatMap { label in
            (0..<784).map { pixel -> UInt8 in
                let (row, column) = pixel.quotientAndRemainder(dividingBy: 28)
                return row / 7 == label / 4 && column / 7 == label % 4 ? 220 : 0
            }
        }
        return try LabeledImages(
            images: ImageCollection(height: 28, width: 28, bytes: bytes[...]),
            labels: labels.map { .init($0) })
    }

    private func model() throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 4)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.02))
        try model.fit(images(100), epochs: 5)
        return model
    }

    private func withFolder(_ body: (ReportFolder) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(ReportFolder(path: url.path))
    }

    @Test func aProgramWritesThePageAndItsNumbers() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test, images: try images(40))
        let report = try ModelReport(on: subject)
        #expect(report.page.title == "mine.safetensors on MNIST test images")
        try withFolder { folder in
            try report.write(to: folder)
            let page = try MarkupNode.parse(String(contentsOfFile: folder.page, encoding: .utf8))
            #expect(page.elements("h1").map(\.text) == ["mine.safetensors on MNIST test images"])
            #expect(page.elements("figure").count >= 6)
            #expect(!page.wholeText.contains("digits evaluate"), "Nobody has said how to make it again.")
            let numbers = try #require(
                JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: folder.numbers)))
                    as? [String: Any])
            #expect(numbers["count"] as? Int == 40 && numbers["correct"] as? Int == 40)
            #expect(try String(contentsOfFile: folder.numbers, encoding: .utf8) == report.json)
        }
    }

    @Test func aFolderWithAReportIsLeftAsItIs() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test, images: try images(10))
        let report = try ModelReport(on: subject)
        try withFolder { folder in
            try Data("mine".utf8).write(to: URL(filePath: folder.page))
            #expect(throws: (any Error).self) { try report.write(to: folder) }
            #expect(!FileManager.default.fileExists(atPath: folder.numbers))
            #expect(try String(contentsOfFile: folder.page, encoding: .utf8) == "mine")
        }
    }

    @Test func imagesOfAnotherSizeAreAnInputError() throws {
        let wide = try Model(input: [28, 30, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        let subject = ReportSubject(
            wide, path: "wide.safetensors", dataset: .mnist, split: .test, images: try images(10))
        #expect(throws: InputError.shapeMismatch(network: [28, 30, 1], images: [28, 28, 1])) {
            try ModelReport(on: subject)
        }
    }
}
