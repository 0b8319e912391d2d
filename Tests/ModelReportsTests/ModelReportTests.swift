import DataTestSupport
import DigitRecognition
import Foundation
import ModelReports
import ReportPages
import TestSupport
import Testing

/// The report page, made as a Swift program makes it.
struct ModelReportTests {
    private func model() throws -> Model {
        let model = try Model(input: [28, 28, 1], seed: 1) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 4)
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.compile(optimizer: .adam(learningRate: 0.02))
        try model.fit(drawnDigits(100), epochs: 10)
        return model
    }

    @Test func aProgramWritesThePageAndItsNumbers() throws {
        let (model, images) = try (model(), drawnDigits(40, seed: 2))
        let subject = ReportSubject(
            model, path: "mine.safetensors", dataset: .mnist, split: .test, images: images)
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
        let accuracy = try model.evaluate(images).accuracy
        #expect(numbers["count"] as? Int == 40 && numbers["accuracy"] as? Double == accuracy)
        #expect(accuracy > 0.5)
        #expect(try place.text(ReportFolder.numbersName) == report.json)
    }

    /// Of many images no more are corrupted than tell how a model does.
    @Test func aSampleOfManyImagesIsCorrupted() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test,
            images: try drawnDigits(2002))
        let report = try ModelReport(on: subject)
        let numbers = try #require(
            JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        #expect((numbers["mnist_c"] as? [String: Any])?["count"] as? Int == 2000)
        let text = try MarkupNode.parse(report.page.html).wholeText
        #expect(
            text.contains(
                "fifteen corruptions of MNIST-C, measured on 2,000 of the MNIST test images, evenly"))
        #expect(text.contains("mean accuracy, 15 corruptions of 2,000 pictures"))
    }

    @Test func aFolderWithAReportIsLeftAsItIs() throws {
        let subject = ReportSubject(
            try model(), path: "mine.safetensors", dataset: .mnist, split: .test, images: try drawnDigits(10))
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
            wide, path: "wide.safetensors", dataset: .mnist, split: .test, images: try drawnDigits(10))
        #expect(throws: InputError.shapeMismatch(network: [28, 30, 1], images: [28, 28, 1])) {
            try ModelReport(on: subject)
        }
    }

    @Test(arguments: [9, 11]) func anotherNumberOfClassesIsAnInputError(classes: Int) throws {
        let model = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        let digits = try drawnDigits(9)
        let images = try LabeledImages(
            images: digits.images, labels: digits.labels, classNames: (1...classes).map { "class \($0)" })
        let subject = ReportSubject(
            model, path: "mine.safetensors", dataset: .mnist, split: .test, images: images)
        let error = InputError.classMismatch(network: 10, images: classes)
        #expect(throws: error) { try ModelReport(on: subject) }
        #expect(
            error.description
                == "The network has 10 outputs, but the images have \(classes) classes; use images of "
                + "the classes that the network tells apart or a network with one output for each of these.")
    }
}
