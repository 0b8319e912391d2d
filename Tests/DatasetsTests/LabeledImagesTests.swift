import Datasets
import Imaging
import Testing

@Suite struct LabeledImagesTests {
    private let images = ImageCollection(height: 2, width: 3, bytes: [UInt8](0..<60)[...])

    @Test func countsHaveToAgree() {
        #expect(throws: DatasetError.countsDiffer(images: 10, labels: 9)) {
            try LabeledImages(images: images, labels: [Int](repeating: 0, count: 9))
        }
    }

    @Test func labelsHaveToNameClasses() throws {
        var labels = [Int](repeating: 9, count: 10)
        #expect(try LabeledImages(images: images, labels: labels).count == 10)
        for label in [10, -1] {
            labels[4] = label
            #expect(throws: DatasetError.labelOutOfRange(label: label, index: 4, valid: 0..<10)) {
                try LabeledImages(images: images, labels: labels)
            }
        }
    }

    @Test(arguments: [(0.3, 7), (0, 10), (0.25, 7), (0.99, 0)])
    func validationIsCutFromTheEndAsKerasDoes(fraction: Double, trainingCount: Int) throws {
        let all = try LabeledImages(images: images, labels: Array(0..<10))
        let (training, validation) = all.split(validationFraction: fraction)
        #expect(training.labels == Array((0..<10).prefix(trainingCount)))
        #expect(validation.labels == Array((0..<10).dropFirst(trainingCount)))
        #expect(Array(training.images) + Array(validation.images) == Array(images))
    }
}
