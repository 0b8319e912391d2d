import DigitRecognition
import Foundation
import ModelReports
import ReportPages
import TestSupport
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

    @Test func aProgramWritesThePageAndItsNumbers() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test, images: try images(40))
        let report = try ModelReport(on: subject)
        #expect(report.page.title == "mine.safetensors on MNIST test images")
        let place = try TemporaryFolder()
        let folder = ReportFolder(path: place.path)
        try report.write(to: folder)
        let page = try MarkupNode.parse(place.text(ReportFolder.pageName))
        #expect(page.elements("h1").map(\.text) == ["mine.safetensors on MNIST test images"])
        #expect(page.elements("figure").count >= 6)
        #expect(!page.wholeText.contains("digits evaluate"), "Nobody has said how to make it again.")
        let numbers = try #require(
            JSONSerialization.jsonObject(with: Data(place.bytes(ReportFolder.numbersName)))
                as? [String: Any])
        #expect(numbers["count"] as? Int == 40 && numbers["correct"] as? Int == 40)
        #expect(try place.text(ReportFolder.numbersName) == report.json)
    }

    @Test func aFolderWithAReportIsLeftAsItIs() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test, images: try images(10))
        let report = try ModelReport(on: subject)
        let place = try TemporaryFolder()
        try place.write("mine", as: ReportFolder.pageName)
        #expect(throws: (any Error).self) { try report.write(to: ReportFolder(path: place.path)) }
        #expect(try place.names == [ReportFolder.pageName])
        #expect(try place.text(ReportFolder.pageName) == "mine")
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
