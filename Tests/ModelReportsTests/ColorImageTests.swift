import DigitRecognition
import Figures
import ModelReports
import ReportPages
import TestSupport
import Testing

/// Images of several channels in figures, which show one number for each pixel.
struct ColorImageTests {
    private static let shape = ImageShape(height: 10, width: 8, channels: 3)
    private static let count = 12
    private static let dataset = DatasetDescription(
        name: "colors", title: "Colors", classNames: ["red", "green", "blue"], imageShape: shape,
        trainingCount: 0, testCount: count)

    private func images(labels: [Int]) throws -> LabeledImages {
        let bytes = (0..<Self.count * Self.shape.count).map { UInt8(($0 * 37 + 11) % 256) }
        return try LabeledImages(
            images: ImageCollection(shape: Self.shape, bytes: bytes[...]), labels: labels,
            classNames: Self.dataset.classNames)
    }

    /// How many images of each size a figure shows, `width×height` pixels.
    private func imageSizes(_ figure: Figure) -> [String: Int] {
        func pixels(_ element: Element) -> [Pixels] {
            switch element {
            case .image(let pixels, in: _): [pixels]
            case .group(title: _, clip: _, let elements): elements.flatMap(pixels)
            default: []
            }
        }
        return figure.drawing.elements.flatMap(pixels)
            .reduce(into: [:]) { $0["\($1.width)×\($1.height)", default: 0] += 1 }
    }

    @Test func aReportShowsThemInEveryFigure() throws {
        let model = try Model(
            input: Shape(Self.shape), seed: 1, classNames: Self.dataset.classNames
        ) {
            Conv2D(filters: 4, kernelSize: 3, activation: .relu)
            MaxPool2D(size: 2)
            Flatten()
            Dense(3, activation: .softmax)
        }
        // None is labelled as it is read, so that there are mistakes to explain.
        let read = try model.predict(images(labels: Array(repeating: 0, count: Self.count)).images)
        let subject = try ReportSubject(
            model, path: "colors.safetensors", dataset: Self.dataset, split: .test,
            images: images(labels: read.map { ($0.label + 1) % 3 }))
        let report = try ModelReport(on: subject)
        let figures = report.page.sections.flatMap(\.blocks).compactMap { block -> Figure? in
            if case .figure(let figure) = block { figure } else { nil }
        }
        func figure(_ title: String) throws -> [String: Int] {
            try imageSizes(#require(figures.first { $0.title.hasPrefix(title) }, "\(figures.map(\.title))"))
        }
        #expect(try figure("The surest mistakes") == ["8×10": Self.count])
        let explained = figures.filter { $0.title.hasPrefix("Colors test picture") }
        #expect(explained.count == 3)
        for figure in explained {
            // The image, three ways of saliency and Grad-CAM.
            #expect(imageSizes(figure)["8×10"] == 5)
        }
        #expect(try figure("The filters of conv1, the first of 3 channels")["3×3"] == 4)
        // The image, and the maps of the convolution and of the pool.
        let activations = try figure("What the layers make of picture 7")
        #expect(activations["8×10"] == 1 && activations["6×8"] == 4 && activations["3×4"] == 4)
        let page = try MarkupNode.parse(report.page.html)
        #expect(page.elements("figure").count == figures.count)
        #expect(
            page.wholeText.contains("Nothing was corrupted: the corruptions of MNIST-C are of grey pictures"))
        #expect(report.json.contains(#""mnist_c": null"#))
    }

    @Test(arguments: [Normalization.unitRange, .standardized, .l2(axis: 1)])
    func aNormalizedImageIsTheMeanOfItsChannels(normalization: Normalization) throws {
        let images = try images(labels: Array(repeating: 0, count: Self.count))
        let figure = ImageReport(
            dataset: Self.dataset, split: .test, images: images, normalization: normalization
        ).figure([0, 5], columns: 2)
        #expect(imageSizes(figure)["8×10"] == 4)
        for (row, index) in [0, 5].enumerated() {
            let numbers = normalization(images.images[index])
            let means = stride(from: 0, to: numbers.count, by: 3).map {
                numbers[$0..<$0 + 3].reduce(0, +) / 3
            }
            let (smallest, largest) = try (#require(means.min()), #require(means.max()))
            #expect(
                figure.table.rows[row].suffix(2) == [ScaleBar.text(smallest), ScaleBar.text(largest)])
        }
    }
}
