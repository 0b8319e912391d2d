import Datasets
import Testing

@Suite struct ImageValueTests {
    private let images = ImageCollection(height: 2, width: 3, bytes: [UInt8](0..<60)[...])

    @Test func picturesAreCutRowByRow() {
        #expect(images.count == 10)
        #expect(images[1] == DigitImage(height: 2, width: 3, pixels: [6, 7, 8, 9, 10, 11]))
        #expect(images[1][1, 2] == 11)
        #expect(Array(images.pixels(of: 9)) == [54, 55, 56, 57, 58, 59])
    }

    @Test func subsetIsRenumberedFromZero() {
        let subset = images.subset(3..<5).subset(1..<2)
        #expect(subset.count == 1)
        #expect(subset[0] == images[4])
        #expect(images.subset(10..<10).isEmpty)
    }

    @Test func countsHaveToAgree() {
        #expect(throws: DatasetError.countsDiffer(images: 10, labels: 9)) {
            try LabeledImages(images: images, labels: [UInt8](repeating: 0, count: 9))
        }
    }

    @Test func labelsHaveToNameClasses() throws {
        var labels = [UInt8](repeating: 9, count: 10)
        #expect(try LabeledImages(images: images, labels: labels).count == 10)
        labels[4] = 10
        #expect(throws: DatasetError.labelOutOfRange(label: 10, index: 4, classCount: 10)) {
            try LabeledImages(images: images, labels: labels)
        }
    }

    @Test(arguments: [(0.3, 7), (0, 10), (0.25, 7), (0.99, 0)])
    func validationIsCutFromTheEndAsKerasDoes(fraction: Double, trainingCount: Int) throws {
        let all = try LabeledImages(images: images, labels: [UInt8](0..<10))
        let (training, validation) = all.split(validationFraction: fraction)
        #expect(training.labels == Array([UInt8](0..<10).prefix(trainingCount)))
        #expect(validation.labels == Array([UInt8](0..<10).dropFirst(trainingCount)))
        #expect(Array(training.images) + Array(validation.images) == Array(images))
    }
}
