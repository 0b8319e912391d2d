import Imaging
import PictureReading
import ReaderTraining
import SyntheticDigits
import Testing

/// What a network of single digits is trained on beside its images.
struct PreparedDigitsTests {
    private static let images: (images: ImageCollection, labels: [Int]) = {
        let (pixels, labels) = DigitGenerator(seed: 77).digits(count: 300, threads: 2)
        return (ImageCollection(height: 28, width: 28, bytes: pixels[...]), labels.map { Int($0) })
    }()

    private func prepared(seed: UInt64 = 3) -> PreparedDigits {
        PreparedDigits(images: Self.images.images, labels: Self.images.labels, seed: seed)
    }

    @Test(arguments: [2, 3])
    func bytesAreTheSameForAnyNumberOfThreads(threads: Int) {
        #expect(prepared().digits(10..<26, threads: threads) == prepared().digits(10..<26, threads: 1))
        #expect(prepared().outliers(10..<26, threads: threads) == prepared().outliers(10..<26, threads: 1))
    }

    /// An image does not depend on how many are drawn, but on the seed.
    @Test func imagesGoByTheirNumberAndTheSeed() {
        let (few, many) = (prepared().outliers(0..<20, threads: 1), prepared().outliers(0..<40, threads: 1))
        #expect(Array(many.prefix(few.count)) == few && many.count > few.count)
        #expect(Set(many).isDisjoint(with: prepared(seed: 4).outliers(0..<40, threads: 1)))
        #expect(Set(many).count == many.count, "No outlier comes twice.")
    }

    /// Nearly every number gives an image, and all digits come.
    @Test func digitsAreThoseOfTheScenes() {
        let digits = prepared().digits(0..<100, threads: 2)
        #expect(digits.count > 80)
        #expect(Set(digits.map(\.label)) == Set(0...9))
        #expect(digits.allSatisfy { $0.image.shape == DigitImage.shape })
        #expect(prepared().outliers(0..<60, threads: 2).count > 45)
    }

    /// Images of one digit alone, shown light on dark or dark on light, keep their label and their form.
    @Test func labelledImagesKeepTheirLabel() {
        let (images, labels) = Self.images
        let ones = labels.indices.filter { labels[$0] == 1 }
        let some = ImageCollection(
            height: 28, width: 28, bytes: ArraySlice(ones.flatMap { images.pixels(of: $0) }))
        let digits = PreparedDigits(images: some, labels: ones.map { _ in 1 }, seed: 1)
            .digits(0..<60, threads: 2)
        #expect(digits.contains { $0.label != 1 }, "Scenes have other digits, written by pens.")
        #expect(digits.count { $0.label == 1 } > 12)
    }
}
